package dev.mcppreflight.server.protocol;

/** A request to the client came to nothing. */
public final class ClientFailure extends RuntimeException {

    /** Creates the exception. */
    public ClientFailure(String why) {
        super(why, null, false, false);
    }
}
