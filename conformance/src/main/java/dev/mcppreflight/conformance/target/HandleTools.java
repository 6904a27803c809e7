package dev.mcppreflight.conformance.target;

/**
 * A pair of tools of which one gives out a handle and the other takes it.
 *
 * @param give the tool that gives one, called without arguments
 * @param use the tool that takes it
 * @param arguments a JSON object as text, with {@code {handle}} where the handle goes
 */
public record HandleTools(String give, String use, String arguments) {

    /** Stands for the handle. */
    public static final String HANDLE = "{handle}";

    /** The arguments with this handle. */
    public String argumentsWith(String handle) {
        return arguments.replace(HANDLE, handle);
    }
}
