package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.report.Difference;
import dev.mcppreflight.conformance.report.DifferenceRenderer;
import dev.mcppreflight.conformance.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what changed from one report to another. */
@Command(
        name = "diff",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "preflight diff [OPTIONS] OLD.json NEW.json",
        description = "Tell what broke and what was mended between two JSON reports.",
        footer = {"", "Exit codes: 0 nothing broke, 1 something did, 2 wrong usage, 3 this tool failed."})
final class DiffCommand implements Callable<Integer> {

    /** Far more than a report of every check with its exchanges. */
    private static final long LARGEST = 256L << 20;

    private final Shell shell;

    @Parameters(arity = "0..*", paramLabel = "REPORT", description = "The old and the new JSON report.")
    private List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "FORM", description = "console (default), markdown or json.")
    private String format = "console";

    @Mixin
    private PrintOptions print = new PrintOptions();

    DiffCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (files.size() != 2) {
            throw new UsageException(
                    "diff takes two reports, and got " + files.size(),
                    "Such as: " + shell.program() + " diff old.json new.json");
        }
        DifferenceRenderer renderer = new DifferenceRenderer(print.words(shell));
        Page page = print.page(shell);
        String form = format.toLowerCase(Locale.ROOT);
        if (!List.of("console", "markdown", "json").contains(form)) {
            throw new UsageException("a difference has no format '" + format + "'", "console, markdown or json.");
        }
        Difference difference = difference();
        shell.print(
                switch (form) {
                    case "markdown" -> renderer.markdown(difference);
                    case "json" -> DifferenceRenderer.json(difference);
                    default -> {
                        renderer.print(difference, page);
                        yield page.text();
                    }
                });
        return difference.broken().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private Difference difference() {
        Json old = read(files.get(0));
        Json now = read(files.get(1));
        try {
            return Difference.between(old, now);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), "Reports are written by: check --format json=FILE");
        }
    }

    private static Json read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException(file + " is too large to be a report", "");
            }
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read", "");
        } catch (Json.MalformedJson e) {
            throw new UsageException(file + " is not JSON", "Reports are written by: check --format json=FILE");
        }
    }
}
