package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the renderers print stands in {@code fixtures/reports}; {@code -Dpreflight.golden=write} writes it anew. */
class GoldenReportsTest {

    private static final Path FOLDER = Path.of("..", "fixtures", "reports");

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "refused", "unknown", "everything"})
    void reportsLookAsTheyDid(String name) throws IOException {
        Report report =
                switch (name) {
                    case "healthy" -> SampleReports.healthy();
                    case "refused" -> SampleReports.refused();
                    case "unknown" -> SampleReports.unknown();
                    default -> SampleReports.everything();
                };
        Words french = Words.in(Language.FRENCH);
        compare(name + ".txt", console(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, report));
        compare(name + ".quiet.txt", console(Words.ENGLISH, ConsoleRenderer.Detail.CAUSES, report));
        compare(name + ".verbose.txt", console(Words.ENGLISH, ConsoleRenderer.Detail.EXCHANGES, report));
        compare(name + ".fr.txt", console(french, ConsoleRenderer.Detail.NORMAL, report));
        compare(name + ".html", html(Words.ENGLISH, report));
        compare(name + ".fr.html", html(french, report));
        compare(name + ".md", new MarkdownRenderer(Words.ENGLISH).render(report));
        compare(name + ".fr.md", new MarkdownRenderer(french).render(report));
        compare(name + ".sarif", new SarifRenderer().render(report));
        compare(name + ".annotations.txt", new AnnotationsRenderer().render(report));
        compare(name + ".svg", Badge.of(report).svg());
        compare(name + ".shields.json", Badge.of(report).endpoint());
        compare(name + ".json", new JsonRenderer().render(report));
        compare(name + ".xml", new JUnitXmlRenderer().render(report));
    }

    @Test
    void fleetsLookAsTheyDid() throws IOException {
        Fleet fleet = SampleReports.fleet();
        Words french = Words.in(Language.FRENCH);
        compare("fleet.txt", new FleetConsole(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, false, 80).render(fleet));
        compare(
                "fleet.quiet.txt",
                new FleetConsole(Words.ENGLISH, ConsoleRenderer.Detail.CAUSES, false, 80).render(fleet));
        compare("fleet.fr.txt", new FleetConsole(french, ConsoleRenderer.Detail.NORMAL, false, 80).render(fleet));
        compare("fleet.md", new FleetMarkdown(Words.ENGLISH).render(fleet));
        compare("fleet.html", withoutStyle(new FleetPage(Words.ENGLISH).render(fleet)));
        compare("fleet.fr.html", withoutStyle(new FleetPage(french).render(fleet)));
        compare("fleet.json", new FleetJson().render(fleet));
    }

    /** Style and script stand in files of their own; a page without them shows what was rendered. */
    private static String html(Words words, Report report) {
        return withoutStyle(new HtmlRenderer(words).render(report));
    }

    private static String withoutStyle(String page) {
        return page.replaceAll("(?s)<(style|script)>.*?</", "<$1></")
                .replaceAll("sha256-[A-Za-z0-9+/=]+", "sha256-...");
    }

    private static String console(Words words, ConsoleRenderer.Detail detail, Report report) {
        return new ConsoleRenderer(words, detail, false, 80).render(report);
    }

    private static void compare(String file, String text) throws IOException {
        Path golden = FOLDER.resolve(file);
        if ("write".equals(System.getProperty("preflight.golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text, file);
    }
}
