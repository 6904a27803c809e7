package dev.mcppreflight.server.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the HTTP side behaves.
 *
 * @param listening where it listens
 * @param names under which names clients come
 * @param room for how much there is room
 */
public record HttpOptions(Listening listening, Names names, Room room) {

    /**
     * Where a server listens.
     *
     * @param host the address
     * @param port the port; 0 takes a free one
     * @param threads the size of the thread pool; open streams need no thread
     */
    public record Listening(String host, int port, int threads) {}

    /**
     * Under which names clients come.
     *
     * @param hosts names accepted in {@code Host} besides loopback ones, with or without port
     * @param origins values accepted in {@code Origin} besides those of loopback hosts
     * @param publicPath the path under which a proxy publishes the server, such as {@code /docs}, or the empty string
     * @param publicUrl the URL under which clients see the server, without trailing slash, or the empty string
     * @param trustForwarded whether {@code X-Forwarded-*} headers come from a proxy that sets them itself
     */
    public record Names(
            Set<String> hosts, Set<String> origins, String publicPath, String publicUrl, boolean trustForwarded) {

        /** Those of this machine alone. */
        public static final Names LOOPBACK = new Names(Set.of(), Set.of(), "", "", false);
    }

    /**
     * For how much there is room.
     *
     * @param sessions the largest number of sessions of each transport
     * @param heartbeat the pause between two comments on an open stream
     * @param sessionIdle how long a session of Streamable HTTP without open stream lives unused
     * @param body the largest request body in bytes
     */
    public record Room(int sessions, Duration heartbeat, Duration sessionIdle, int body) {

        /** 1000 sessions, a heartbeat every 15 seconds, half an hour of rest, bodies of 4 MiB. */
        public static final Room USUAL =
                new Room(1000, Duration.ofSeconds(15), Duration.ofMinutes(30), 4 * 1024 * 1024);
    }

    /** Returns what a local server uses: loopback, a free port, 64 threads. */
    public static HttpOptions local() {
        return new HttpOptions(new Listening("127.0.0.1", 0, 64), Names.LOOPBACK, Room.USUAL);
    }

    /** Returns these options for a server that listens here. */
    public HttpOptions at(String host, int port) {
        return new HttpOptions(new Listening(host, port, listening.threads()), names, room);
    }

    /** Returns these options for a server with these names. */
    public HttpOptions as(Names others) {
        return new HttpOptions(listening, others, room);
    }
}
