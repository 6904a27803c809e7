package dev.mcppreflight.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.http.HttpServletRequest;

/**
 * The connections over which a server asks itself on behalf of its replicas. As long as one is open nobody else can send from
 * its address, so what comes from there has come through another replica.
 */
final class Relays {

    /** The header that tells who the client of the other replica is; nobody but a replica is believed. */
    static final String CLIENT = "Preflight-Client";

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private volatile InetAddress own;
    private volatile int port;

    /**
     * Begins to connect to the server that listens here.
     *
     * @throws IOException when there is no such address
     */
    void lead(String host, int ownPort) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        own = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        port = ownPort;
    }

    /** Opens a connection. */
    Relay connect() throws IOException {
        Socket socket = new Socket(own, port);
        String name = name(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
        open.add(name);
        return new Relay(socket, name);
    }

    /** Tells whether a request has come through another replica. */
    boolean have(HttpServletRequest request) {
        return !open.isEmpty() && open.contains(name(request.getRemoteAddr(), request.getRemotePort()));
    }

    private static String name(String address, int port) {
        // Jetty writes an address of IPv6 as it stands in a URL.
        return address.replaceAll("[\\[\\]]", "") + " " + port;
    }

    /** One connection. */
    final class Relay implements Closeable {

        private final Socket socket;
        private final String name;

        private Relay(Socket socket, String name) {
            this.socket = socket;
            this.name = name;
        }

        Socket socket() {
            return socket;
        }

        @Override
        public void close() throws IOException {
            open.remove(name);
            socket.close();
        }
    }
}
