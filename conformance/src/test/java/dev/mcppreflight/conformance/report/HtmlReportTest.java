package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.watch.VisitReport;
import dev.mcppreflight.conformance.watch.Watch;
import dev.mcppreflight.conformance.watch.WatchOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The HTML report in a real browser; its pictures are kept in {@code target/screenshots}, to be looked at. */
class HtmlReportTest {

    private static final Path PICTURES = Path.of("target", "screenshots").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static final Map<String, Path> PAGES = new TreeMap<>();
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        page("ready", run("healthy-streamable"), Language.ENGLISH);
        page("not-ready", run("MCP-010"), Language.ENGLISH);
        page("blocked", run("HTTP-006"), Language.ENGLISH);
        page("french", run("HTTP-006"), Language.FRENCH);
        page("hostile", SampleReports.everything(), Language.ENGLISH);
        page("watched", watched("HTTP-006"), Language.FRENCH);
        page("fleet", new FleetPage(Words.in(Language.ENGLISH)).render(SampleReports.fleet()));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Report run(String fault) {
        try (FaultyServer server = FaultyServer.start(Fault.load(fault))) {
            return Preflight.of(Target.of(URI.create(server.url())).withTimeout(Duration.ofSeconds(2)))
                    .run();
        }
    }

    /** What a watch reports of ChatGPT's attempt. */
    private static Report watched(String fault) throws IOException {
        try (FaultyServer server = FaultyServer.start(Fault.load(fault))) {
            URI url = URI.create(server.url());
            try (Watch watch = Watch.start(WatchOptions.of(Target.of(url.resolve("/"))), line -> {});
                    Contact contact = Contact.with(Target.of(watch.address().resolve(url.getPath())))) {
                contact.visit(new Catalogue().client("chatgpt").orElseThrow());
                return VisitReport.of(watch.watched().visits(), server.url(), Instant.now());
            }
        }
    }

    private static void page(String name, Report report, Language language) throws IOException {
        page(name, new HtmlRenderer(Words.in(language)).render(report));
    }

    private static void page(String name, String html) throws IOException {
        Path file = folder.resolve(name + ".html");
        Files.writeString(file, html);
        PAGES.put(name, file);
    }

    @ParameterizedTest(name = "{0}, {1} wide, dark: {2}")
    @CsvSource({
        "ready, 1280, false",
        "not-ready, 1280, false",
        "blocked, 1280, false",
        "french, 1280, false",
        "hostile, 1280, false",
        "not-ready, 1280, true",
        "blocked, 1280, true",
        "blocked, 360, false",
        "hostile, 360, true",
        "fleet, 1280, false",
        "fleet, 360, true",
        "watched, 1280, true"
    })
    void everybodyCanReadItAndNothingGoesWrong(String name, int width, boolean dark) {
        browser.open(PAGES.get(name), width, dark);
        browser.photograph(PICTURES.resolve(name + "-" + width + (dark ? "-dark" : "") + ".png"));
        // One of each kind with all its exchanges; all of them would take axe a minute.
        browser.script("""
                document.querySelectorAll('.card details').forEach(one => { one.open = true; });
                for (const kind of ['failed', 'warned', 'passed', 'blocked', 'not-applicable']) {
                  const check = document.querySelector('details.check.' + kind);
                  if (check) {
                    [check, check.parentElement, ...check.querySelectorAll('details')].forEach(one => { one.open = true; });
                  }
                }
                """);
        browser.photograph(PICTURES.resolve(name + "-" + width + (dark ? "-dark" : "") + "-open.png"));
        assertEquals(List.of(), browser.barriers(), "with checks opened");
        assertEquals(List.of(), browser.console());
        long wider = (Long)
                browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0, wider, "nothing sticks out at the side");
    }

    @Test
    void nothingIsFetched() {
        browser.open(PAGES.get("blocked"), 1280, false);
        assertEquals(0L, browser.script("return performance.getEntriesByType('resource').length"));
    }

    @Test
    void whatAServerSaidIsTextAndNothingElse() {
        browser.open(PAGES.get("hostile"), 1280, false);
        assertEquals(1, browser.all("script").size());
        assertEquals(
                0,
                browser.all("img, iframe, object, embed, base, [onclick], [onerror], [onload]")
                        .size());
        assertEquals(null, browser.script("return window.owned"));
        String text = (String) browser.script("return document.body.textContent");
        assertTrue(text.contains("</failure>"), "it is shown");
        // Even what got in could not run.
        browser.script("const s = document.createElement('script'); s.textContent = 'window.owned = 1';"
                + "document.body.append(s);"
                + "const i = document.createElement('div'); i.innerHTML = '<img src=x onerror=\"window.owned=2\">';"
                + "document.body.append(i);");
        assertEquals(null, browser.script("return window.owned"));
        assertFalse(browser.console().isEmpty(), "the policy said no");
    }

    @Test
    void searchAndFiltersShowWhatFits() {
        browser.open(PAGES.get("blocked"), 1280, false);
        long all = browser.all("details.check").size();
        assertTrue(browser.one("#shown").getText().startsWith(all + " of " + all));

        // Few keys: with each of them the browser lays out some hundred checks.
        browser.one("#search").sendKeys("stream-001");
        assertEquals(1, browser.visible("details.check"));
        assertTrue(browser.one("#shown").getText().startsWith("1 of " + all));
        browser.one("#search").sendKeys(" zz");
        assertEquals(0, browser.visible("details.check"));
        assertTrue(browser.one(".no-match").isDisplayed());
        browser.one("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);

        long failed = browser.all("details.check.failed").size();
        browser.all("input[name=outcome]").stream()
                .filter(box -> !"FAILED".equals(box.getDomAttribute("value")))
                .forEach(box -> box.click());
        assertEquals(failed, browser.visible("details.check"));
        assertTrue(failed > 0 && failed < all);
        assertEquals(List.of(), browser.console());
    }

    @Test
    void theKeyboardIsEnough() {
        browser.open(PAGES.get("blocked"), 1280, false);
        browser.one("body").sendKeys(Keys.TAB);
        assertEquals("#checks", browser.script("return document.activeElement.getAttribute('href')"));
        String summary = "details.check.failed > summary";
        browser.script("document.querySelector('" + summary + "').focus()");
        browser.one(summary).sendKeys(Keys.ENTER);
        assertEquals(true, browser.script("return document.querySelector('details.check.failed').open"));
        assertTrue(browser.visible("details.check.failed .timeline li") > 0);
        browser.one("details.check.failed .exchange > summary").sendKeys(Keys.ENTER);
        assertTrue(browser.one("details.check.failed .exchange pre").isDisplayed());
    }

    @Test
    void aLinkToACheckOpensIt() {
        browser.open(PAGES.get("ready"), 1280, false);
        browser.script("location.hash = 'check-MCP-LIFE-001'");
        browser.script("dispatchEvent(new HashChangeEvent('hashchange'))");
        assertTrue(browser.one("#check-MCP-LIFE-001 dl").isDisplayed());
    }

    @Test
    void paperShowsTheFindingsWhole() throws IOException {
        browser.open(PAGES.get("blocked"), 1280, true);
        browser.print(PICTURES.resolve("blocked.pdf"));
        assertTrue(Files.size(PICTURES.resolve("blocked.pdf")) > 10_000);
        browser.media("print", false);
        browser.script("dispatchEvent(new Event('beforeprint'))");
        browser.photograph(PICTURES.resolve("blocked-print.png"));
        assertTrue(browser.one("details.check.failed dl").isDisplayed());
        assertFalse(browser.one(".filters").isDisplayed());
        browser.script("dispatchEvent(new Event('afterprint'))");
        browser.media("screen", false);
    }

    @Test
    void withoutAScriptEverythingIsThere() throws IOException {
        String page = Files.readString(PAGES.get("blocked"));
        Path bare = folder.resolve("bare.html");
        Files.writeString(bare, page.replaceAll("(?s)<script>.*?</script>", ""));
        browser.open(bare, 1280, false);
        assertFalse(browser.one(".filters").isDisplayed());
        assertEquals(browser.all("details.feature").size(), browser.visible("details.feature"));
    }

    @Test
    void everyLinkWithinThePageLeadsSomewhere() {
        for (String name : PAGES.keySet()) {
            browser.open(PAGES.get(name), 1280, false);
            assertEquals(List.of(), browser.script("""
                    return [...document.querySelectorAll('a[href^="#"]')].map(one => one.getAttribute('href'))
                      .filter(place => !document.getElementById(place.slice(1)));
                    """), name);
        }
    }

    @Test
    void theTitleSaysTheVerdict() {
        browser.open(PAGES.get("french"), 1280, false);
        assertTrue(browser.title().startsWith("Pas prêt : http://127.0.0.1:"), browser.title());
        assertEquals("fr", browser.one("html").getDomAttribute("lang"));
    }
}
