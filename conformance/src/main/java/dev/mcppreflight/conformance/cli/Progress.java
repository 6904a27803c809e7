package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Words;
import java.io.PrintStream;
import java.util.function.Consumer;

/** One line on a terminal that is written over until the run is done. */
final class Progress implements Consumer<CheckResult>, AutoCloseable {

    private static final String START_OF_LINE = "\r\u001b[K";
    private static final long PAUSE_NANOS = 50_000_000;

    private final PrintStream err;
    private final boolean shown;
    private final Words words;
    private int checks;
    private int findings;
    private long shownAt;

    /**
     * Begins.
     *
     * @param shown whether anybody sees it
     */
    Progress(PrintStream err, boolean shown, Words words) {
        this.err = err;
        this.shown = shown;
        this.words = words;
        print(words.say("progress.connecting"));
    }

    @Override
    public synchronized void accept(CheckResult result) {
        checks++;
        findings += result.outcome() == Outcome.FAILED || result.outcome() == Outcome.WARNED ? 1 : 0;
        long now = System.nanoTime();
        if (now - shownAt > PAUSE_NANOS) {
            shownAt = now;
            print(words.say(
                    "progress.running",
                    words.word(result.check().stage()),
                    words.counted(checks, "checks"),
                    words.counted(findings, "findings")));
        }
    }

    @Override
    public synchronized void close() {
        print("");
    }

    private void print(String line) {
        if (shown) {
            err.print(START_OF_LINE + line);
            err.flush();
        }
    }
}
