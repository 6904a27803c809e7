package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.protocol.RequestContext;

/** What a tool does; how it is described stands in the JSON resource of the same name. */
interface DocumentTool {

    /** Returns the name, which is also that of the resource {@code tools/<name>.json}. */
    String name();

    /**
     * Returns the structured result, a record that fits the output schema.
     *
     * @param arguments arguments that fit the input schema
     * @param context where progress is told; work that takes more than a second tells of it
     * @throws ToolFailure when the tool cannot do what it was asked for
     */
    Object call(Arguments arguments, RequestContext context);

    /** Tells whether the tool tells of its progress. */
    default boolean reports() {
        return false;
    }
}
