package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.Printable;
import java.io.PrintStream;

/** One line on a terminal that is written over, and gone at the end. */
final class LiveLine implements AutoCloseable {

    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean shown;
    private final int columns;

    private LiveLine(PrintStream err, boolean shown, int columns) {
        this.err = err;
        this.shown = shown;
        this.columns = columns;
    }

    /** A line where somebody sees it; it takes codes of a terminal, which NO_COLOR forbids as well. */
    static LiveLine on(Shell shell, boolean wanted) {
        boolean plain = !shell.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return new LiveLine(
                shell.err(),
                wanted && shell.terminal().err() && !plain,
                shell.terminal().columns());
    }

    /** Takes the place of what stood there. */
    synchronized void show(String line) {
        if (shown) {
            String clean = Printable.line(line);
            // A line that is wrapped cannot be written over.
            int most = Math.min(clean.codePointCount(0, clean.length()), columns - 1);
            err.print(START_OF_LINE + clean.substring(0, clean.offsetByCodePoints(0, most)));
            err.flush();
        }
    }

    @Override
    public void close() {
        show("");
    }
}
