package dev.mcppreflight.conformance.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that check many targets at once. */
final class FleetOptions {

    private static final int MOST = 32;

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "Check every target in this file, one a line: URL or -- COMMAND ARGS, with or without"
                    + " NAME = before it. {target} in a --format file makes one for each.")
    private Path file;

    @Option(names = "--parallel", paramLabel = "N", description = "Targets of --targets at once (default 4).")
    private Integer parallel;

    /** The file; null where one target is checked. */
    Path file() {
        if (file == null && parallel != null) {
            throw new UsageException("--parallel is for --targets", "");
        }
        return file;
    }

    /** How many targets at once. */
    int parallel() {
        int count = parallel == null ? 4 : parallel;
        if (count < 1 || count > MOST) {
            throw new UsageException("--parallel goes from 1 to " + MOST + ", not " + count, "");
        }
        return count;
    }
}
