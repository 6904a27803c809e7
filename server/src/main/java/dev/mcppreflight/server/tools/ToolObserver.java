package dev.mcppreflight.server.tools;

/** Hears of every call of a tool, whichever way it came. */
public interface ToolObserver {

    /** The observer that does nothing. */
    ToolObserver NONE = (tool, code, nanos) -> {};

    /**
     * Is told that a call has ended.
     *
     * @param tool the name of the tool
     * @param code {@code ok}, or the code of the failure
     * @param nanos how long it took
     */
    void called(String tool, String code, long nanos);
}
