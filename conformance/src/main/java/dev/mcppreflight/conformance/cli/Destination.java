package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.AnnotationsRenderer;
import dev.mcppreflight.conformance.report.Badge;
import dev.mcppreflight.conformance.report.ConsoleRenderer;
import dev.mcppreflight.conformance.report.Fleet;
import dev.mcppreflight.conformance.report.FleetConsole;
import dev.mcppreflight.conformance.report.FleetJson;
import dev.mcppreflight.conformance.report.FleetMarkdown;
import dev.mcppreflight.conformance.report.FleetPage;
import dev.mcppreflight.conformance.report.HtmlRenderer;
import dev.mcppreflight.conformance.report.JUnitXmlRenderer;
import dev.mcppreflight.conformance.report.JsonRenderer;
import dev.mcppreflight.conformance.report.MarkdownRenderer;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.SarifRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A form of the report and where it goes.
 *
 * @param format the form
 * @param file the file; null for standard output
 */
record Destination(Format format, Path file) {

    /** Stands for the name of the target in the name of a file. */
    private static final String EACH = "{target}";

    /** The forms there are. */
    enum Format {
        CONSOLE,
        HTML,
        MARKDOWN,
        JSON,
        JUNIT,
        SARIF,
        /** Commands of a GitHub workflow that mark what was found. */
        ANNOTATIONS,
        /** A picture of the verdict (SVG). */
        BADGE,
        /** The verdict for shields.io and its like (JSON). */
        SHIELDS
    }

    /** Reads {@code --format} values; the console on standard output where there are none for it. */
    static List<Destination> of(List<String> values) {
        List<Destination> destinations = values.isEmpty()
                ? List.of(new Destination(Format.CONSOLE, null))
                : values.stream().map(Destination::of).toList();
        long unnamed = destinations.stream()
                .filter(destination -> destination.file() == null)
                .count();
        if (unnamed > 1) {
            throw new UsageException(
                    "only one --format can go to standard output", "Name a file for the others: --format junit=FILE");
        }
        return destinations;
    }

    /** Whether it is a file for each of many targets. */
    boolean isForEach() {
        return file != null && file.toString().contains(EACH);
    }

    /** The file for the target of that name. */
    Destination named(String name) {
        return new Destination(format, Path.of(file.toString().replace(EACH, name)));
    }

    /** Not every form can tell of many targets. */
    void requireForAll() {
        if (!List.of(Format.CONSOLE, Format.HTML, Format.MARKDOWN, Format.JSON).contains(format)) {
            String word = format.name().toLowerCase(Locale.ROOT);
            throw new UsageException(
                    "--format " + word + " tells of one target",
                    "With --targets: --format " + word + "=FOLDER/{target}.FORM writes one for each.");
        }
    }

    /** Writes the report on many targets there. */
    void write(Fleet fleet, Shell shell, CheckCommand.Style style) {
        boolean print = file == null;
        int columns = print ? shell.terminal().columns() : Terminal.DEFAULT_COLUMNS;
        String text =
                switch (format) {
                    case HTML -> new FleetPage(style.words()).render(fleet);
                    case MARKDOWN -> new FleetMarkdown(style.words()).render(fleet);
                    case JSON -> new FleetJson().render(fleet);
                    default ->
                        new FleetConsole(style.words(), style.detail(), print && style.coloured(), columns)
                                .render(fleet);
                };
        put(text, shell);
    }

    private static Destination of(String value) {
        int equals = value.indexOf('=');
        String word = equals < 0 ? value : value.substring(0, equals);
        Format format;
        try {
            format = Format.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "there is no format '" + word + "'",
                    "console, html, markdown, json, junit, sarif, annotations, badge or shields, each with =FILE.");
        }
        return new Destination(format, equals < 0 ? null : writable("--format", value.substring(equals + 1)));
    }

    /** A mistake in the path is better told before the checks than after. */
    static Path writable(String option, String name) {
        try {
            Path file = Path.of(name);
            Path folder = file.toAbsolutePath().getParent();
            if (!name.isBlank() && !Files.isDirectory(file) && folder != null) {
                Files.createDirectories(folder);
                if (Files.isWritable(Files.exists(file) ? file : folder)) {
                    return file;
                }
            }
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("the file '" + name + "' of " + option + " cannot be written", "");
        }
        throw new UsageException("the file '" + name + "' of " + option + " cannot be written", "");
    }

    /** Writes the report there. */
    void write(Report report, Shell shell, CheckCommand.Style style) {
        put(
                file == null
                        ? render(
                                report,
                                style,
                                style.coloured(),
                                shell.terminal().columns())
                        : render(report, style, false, Terminal.DEFAULT_COLUMNS),
                shell);
    }

    private void put(String text, Shell shell) {
        if (file == null) {
            shell.print(text);
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new HarnessException("the report cannot be written to " + file + ": " + e.getMessage());
        }
    }

    private String render(Report report, CheckCommand.Style style, boolean colour, int columns) {
        return switch (format) {
            case CONSOLE -> new ConsoleRenderer(style.words(), style.detail(), colour, columns).render(report);
            case HTML -> new HtmlRenderer(style.words()).render(report);
            case MARKDOWN -> new MarkdownRenderer(style.words()).render(report);
            case JSON -> new JsonRenderer().render(report);
            case JUNIT -> new JUnitXmlRenderer().render(report);
            case SARIF -> new SarifRenderer().render(report);
            case ANNOTATIONS -> new AnnotationsRenderer().render(report);
            case BADGE -> Badge.of(report).svg();
            case SHIELDS -> Badge.of(report).endpoint();
        };
    }
}
