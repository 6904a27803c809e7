package dev.mcppreflight.conformance.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** In which forms a command reports, and where to. */
final class FormOptions {

    @Option(
            names = "--format",
            paramLabel = "FORM[=FILE]",
            description = "console (default), html, markdown, json, junit, sarif, annotations, badge or shields"
                    + " (repeatable, one without a file).")
    private List<String> formats = List.of();

    /** The forms as they were given, each with its file if it has one. */
    List<String> formats() {
        return formats;
    }
}
