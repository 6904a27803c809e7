package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.Baseline;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Printable;
import dev.mcppreflight.conformance.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the baseline before the checks, so that a mistake in it costs none of them, and writes a new one after them. */
final class Baselines {

    private static final long LARGEST = 1 << 20;

    private final Baseline accepted;
    private final Path target;

    /**
     * @param file to read, or null
     * @param target to write, or null
     */
    Baselines(Path file, Path target) {
        if (file != null && target != null) {
            throw new UsageException("--baseline and --write-baseline exclude each other", "");
        }
        this.accepted = file == null ? null : read(file);
        this.target = target == null ? null : Destination.writable("--write-baseline", target.toString());
    }

    /** The report beside the baseline that was read, or beside the one that is written now. */
    Report applyTo(Report report) {
        if (accepted != null) {
            return report.against(accepted);
        }
        // What was written where nothing could be judged would accept the outage, and be stale as soon as it ends.
        if (target == null || report.totals().get(Outcome.PASSED) == 0) {
            return report;
        }
        Baseline found = Baseline.of(report);
        try {
            Files.writeString(target, found.text(report));
        } catch (IOException e) {
            throw new HarnessException("the baseline cannot be written to " + target + ": " + e.getMessage());
        }
        return report.against(found);
    }

    private static Baseline read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException("--baseline " + file + " is too large to be one", "");
            }
            return Baseline.parse(Files.readString(file), "--baseline " + file);
        } catch (IOException e) {
            throw new UsageException("--baseline " + file + " cannot be read", "Write one with --write-baseline.");
        } catch (IllegalArgumentException e) {
            String why = e.getMessage().lines().findFirst().orElse("");
            throw new UsageException(Printable.line(why), "Write one with --write-baseline.");
        }
    }
}
