package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.target.Target;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How to watch.
 *
 * @param upstream the server: its origin, how its certificates are judged, how long it may take to answer; paths are those
 *     that clients ask for
 * @param listen the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param host what the server sees as Host
 * @param pathPrefix what is taken off the front of paths before they are forwarded; empty for nothing
 * @param mostExchanges how many exchanges are recorded; what follows is forwarded and not recorded
 * @param mostOctets how much of each body or stream is recorded
 * @param mostConnections how many clients may be connected at once
 */
public record WatchOptions(
        Target upstream,
        InetAddress listen,
        int port,
        HostPolicy host,
        String pathPrefix,
        int mostExchanges,
        int mostOctets,
        int mostConnections) {

    /** How much all bodies together may take, in octets. */
    static final long MOST_OCTETS_OF_ALL = 64L * 1024 * 1024;

    private static final int MOST_EXCHANGES = 1_000;
    private static final int MOST_OCTETS = 1024 * 1024;
    private static final int MOST_CONNECTIONS = 256;

    /** What the server sees as Host. */
    public enum HostPolicy {
        /** What the client wrote, as most tunnels pass it on. */
        KEEP,
        /** The host of the server's own address. */
        REWRITE
    }

    /** On a free port of the loopback interface, with the host as the client wrote it. */
    public static WatchOptions of(Target upstream) {
        return new WatchOptions(
                upstream,
                InetAddress.getLoopbackAddress(),
                0,
                HostPolicy.KEEP,
                "",
                MOST_EXCHANGES,
                MOST_OCTETS,
                MOST_CONNECTIONS);
    }

    /** The same on this port. */
    public WatchOptions withPort(int value) {
        return new WatchOptions(upstream, listen, value, host, pathPrefix, mostExchanges, mostOctets, mostConnections);
    }

    /** The same on the interface of this address. */
    public WatchOptions withListen(InetAddress value) {
        return new WatchOptions(upstream, value, port, host, pathPrefix, mostExchanges, mostOctets, mostConnections);
    }

    /** The same with this host. */
    public WatchOptions withHost(HostPolicy value) {
        return new WatchOptions(upstream, listen, port, value, pathPrefix, mostExchanges, mostOctets, mostConnections);
    }

    /** The same with this prefix taken off. */
    public WatchOptions withPathPrefix(String value) {
        return new WatchOptions(upstream, listen, port, host, value, mostExchanges, mostOctets, mostConnections);
    }

    /** The same, but it records no more than this. */
    public WatchOptions withMost(int exchanges, int octetsOfEach) {
        return new WatchOptions(upstream, listen, port, host, pathPrefix, exchanges, octetsOfEach, mostConnections);
    }

    /** The same for no more clients than this at once. */
    public WatchOptions withMostConnections(int value) {
        return new WatchOptions(upstream, listen, port, host, pathPrefix, mostExchanges, mostOctets, value);
    }

    /** How long an answer may take before it counts as missing. */
    Duration patience() {
        return upstream.limits().timeout();
    }
}
