package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Words;
import java.util.function.Consumer;

/** How far the checks of one target are. */
final class Progress implements Consumer<CheckResult>, AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;

    private final LiveLine line;
    private final Words words;
    private int checks;
    private int findings;
    private long shownAt;

    Progress(LiveLine line, Words words) {
        this.line = line;
        this.words = words;
        line.show(words.say("progress.connecting"));
    }

    @Override
    public synchronized void accept(CheckResult result) {
        checks++;
        findings += result.isFinding() ? 1 : 0;
        long now = System.nanoTime();
        if (now - shownAt > PAUSE_NANOS) {
            shownAt = now;
            line.show(words.say(
                    "progress.running",
                    words.word(result.check().stage()),
                    words.counted(checks, "checks"),
                    words.counted(findings, "findings")));
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
