package dev.mcppreflight.conformance.target;

/**
 * A tool that the operator allows to be called.
 *
 * @param tool its name
 * @param arguments a JSON object as text
 * @param showsUpstream whether its result shows the request that a service behind the target was sent
 */
public record ToolCall(String tool, String arguments, boolean showsUpstream) {

    /** A tool like any other. */
    public ToolCall(String tool, String arguments) {
        this(tool, arguments, false);
    }
}
