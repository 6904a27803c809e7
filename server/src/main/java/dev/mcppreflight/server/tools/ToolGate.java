package dev.mcppreflight.server.tools;

/** Decides whether a tool may be called now, whichever way the call came. */
@FunctionalInterface
public interface ToolGate {

    /** The gate that is always open. */
    ToolGate OPEN = tool -> 0;

    /** Returns 0 when the tool may be called, else the seconds after which it may be tried again. */
    long secondsToWait(String tool);
}
