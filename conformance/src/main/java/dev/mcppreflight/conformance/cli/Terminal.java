package dev.mcppreflight.conformance.cli;

import java.util.Map;

/**
 * Which of the standard streams a person sees.
 *
 * @param in whether somebody types
 * @param out whether standard output is read by a person
 * @param err whether standard error is read by a person
 * @param columns how wide it is
 */
record Terminal(boolean in, boolean out, boolean err, int columns) {

    /** The width of text that nobody's terminal decides. */
    static final int DEFAULT_COLUMNS = 80;

    private static final int WIDEST = 110;

    /** No terminal at all. */
    static final Terminal NONE = new Terminal(false, false, false, DEFAULT_COLUMNS);

    /**
     * The terminal of this process. The launcher knows it exactly and says so in {@code preflight.terminal} (the numbers of
     * the streams) and {@code preflight.columns}; without a launcher Java tells only whether all of them are one.
     */
    static Terminal ofThisProcess(Map<String, String> environment) {
        String streams = System.getProperty("preflight.terminal");
        if (streams == null) {
            streams = System.console() != null ? "012" : "";
        }
        String columns = System.getProperty("preflight.columns", environment.getOrDefault("COLUMNS", ""));
        boolean dumb = "dumb".equals(environment.get("TERM"));
        return new Terminal(
                streams.contains("0"),
                streams.contains("1") && !dumb,
                streams.contains("2") && !dumb,
                columns.matches("[1-9]\\d{1,3}") ? Math.min(Integer.parseInt(columns), WIDEST) : DEFAULT_COLUMNS);
    }
}
