package dev.mcppreflight.server.tools;

/** What a tool does; how it is described stands in the JSON resource of the same name. */
interface DocumentTool {

    /** Returns the name, which is also that of the resource {@code tools/<name>.json}. */
    String name();

    /**
     * Returns the structured result, a record that fits the output schema.
     *
     * @param arguments arguments that fit the input schema
     * @throws ToolFailure when the tool cannot do what it was asked for
     */
    Object call(Arguments arguments);
}
