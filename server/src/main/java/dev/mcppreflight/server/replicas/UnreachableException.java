package dev.mcppreflight.server.replicas;

/** What the replicas have in common is not to be had at the moment; later it may be. */
public final class UnreachableException extends RuntimeException {

    /** Creates the exception. */
    public UnreachableException(Throwable cause) {
        super("what the replicas of this server keep in common cannot be reached: try again", cause);
    }
}
