package dev.mcppreflight.server.replicas;

/**
 * What one replica sends to another.
 *
 * @param sender the replica that sends it
 * @param exchange which request it belongs to; unique among all replicas
 * @param kind what it is
 * @param content bytes, possibly none
 */
public record Parcel(String sender, String exchange, Kind kind, byte[] content) {

    /** What a parcel is. */
    public enum Kind {
        /** A request in the form of HTTP/1.0, for a session of the receiver. */
        REQUEST,
        /** The next bytes of the response, head first. */
        PART,
        /** The response is whole. */
        END,
        /** Nobody waits for the response any more. */
        CANCEL
    }
}
