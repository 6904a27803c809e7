package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.Language;
import dev.mcppreflight.conformance.report.Page;
import dev.mcppreflight.conformance.report.Words;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command prints for people. */
final class PrintOptions {

    /** In the order in which POSIX lets them decide. */
    private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

    @Option(names = "--lang", paramLabel = "CODE", description = "en or fr (default: the language of the locale).")
    private String language;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto (default), always or never.")
    private String colour = "auto";

    /** The words of the language that was asked for, or else of the environment's locale, or else English. */
    Words words(Shell shell) {
        if (language != null) {
            return Words.in(Language.of(language)
                    .orElseThrow(() -> new UsageException("--lang cannot be '" + language + "'", "en or fr.")));
        }
        return Words.in(VARIABLES.stream()
                .map(variable -> shell.environment().getOrDefault(variable, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .flatMap(Language::of)
                .orElse(Language.ENGLISH));
    }

    /** Whether to colour: a terminal, unless it is told otherwise. */
    boolean isColoured(Shell shell) {
        return switch (colour.toLowerCase(Locale.ROOT)) {
            case "always" -> true;
            case "never" -> false;
            case "auto" ->
                shell.terminal().out()
                        && shell.environment().getOrDefault("NO_COLOR", "").isEmpty();
            default -> throw new UsageException("--color cannot be '" + colour + "'", "auto, always or never.");
        };
    }

    /** An empty page for this terminal. */
    Page page(Shell shell) {
        return new Page(isColoured(shell), shell.terminal().columns());
    }
}
