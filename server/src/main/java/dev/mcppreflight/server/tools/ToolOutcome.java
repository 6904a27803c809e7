package dev.mcppreflight.server.tools;

import java.util.List;

/** What became of a call of a tool, before a transport gives it its form. */
public sealed interface ToolOutcome {

    /**
     * It worked.
     *
     * @param result the structured result, a record that fits the output schema as JSON
     */
    record Success(Object result) implements ToolOutcome {}

    /**
     * It failed in a way that the caller can mend or report.
     *
     * @param code a stable name in lower case with underscores
     * @param message what went wrong, one sentence
     * @param hint what to do next, one sentence
     * @param faults the arguments that do not fit the input schema; empty when it failed for another reason
     */
    record Failure(String code, String message, String hint, List<Fault> faults) implements ToolOutcome {}

    /**
     * An argument that does not fit.
     *
     * @param argument its name
     * @param problem what is wrong with it
     */
    record Fault(String argument, String problem) {

        @Override
        public String toString() {
            return "'" + argument + "' " + problem;
        }
    }
}
