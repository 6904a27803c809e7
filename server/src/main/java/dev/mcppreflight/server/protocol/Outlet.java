package dev.mcppreflight.server.protocol;

/** Where messages of the server go. */
@FunctionalInterface
public interface Outlet {

    /** The outlet of a client that can be told nothing before its answer. */
    Outlet NOWHERE = message -> {};

    /** Sends one message, UTF-8 JSON without line breaks; safe for use by several threads. */
    void send(byte[] message);

    /**
     * Lets go of the client in the middle of an answer: it comes back for the rest. Where that cannot be, nothing
     * happens.
     */
    default void letGo() {}

    /** Tells whether somebody still reads, as far as that can be known. */
    default boolean isOpen() {
        return true;
    }
}
