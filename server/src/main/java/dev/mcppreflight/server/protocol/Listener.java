package dev.mcppreflight.server.protocol;

/** Somebody who may want to hear of changes. */
public interface Listener {

    /**
     * Hears of a change, whether it is wanted or not.
     *
     * @param notification the change as a message, for those who add nothing to it
     */
    void hear(Change change, byte[] notification);

    /** Notes that nothing more is to be heard. */
    void close();
}
