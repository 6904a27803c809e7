package dev.mcppreflight.conformance.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command runs in.
 *
 * @param in standard input
 * @param out standard output, for what was asked for and nothing else
 * @param err standard error, for everything else
 * @param environment the environment variables
 * @param terminal which of the streams a person sees
 */
record Shell(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Terminal terminal) {

    /** Prints text that already ends with a line break. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** How the user calls this program. */
    String program() {
        return System.getProperty("preflight.command", "preflight");
    }

    /** Whether stack traces are wanted. */
    boolean debugs() {
        return !environment.getOrDefault("PREFLIGHT_DEBUG", "").isEmpty();
    }
}
