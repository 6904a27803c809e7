package dev.mcppreflight.conformance.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An HTTP server on the loopback interface that is healthy but for the deviation of one fault. */
public final class FaultyServer implements AutoCloseable {

    private final String url;
    private final int port;
    private final AutoCloseable listening;

    private FaultyServer(String url, int port, AutoCloseable listening) {
        this.url = url;
        this.port = port;
        this.listening = listening;
    }

    /**
     * Starts the server on a free port.
     *
     * @throws IllegalArgumentException where the fault is one of a server on standard input and output
     */
    public static FaultyServer start(Fault fault) {
        if (fault.transport() == Fault.Transport.STDIO) {
            throw new IllegalArgumentException(fault.id() + " is a fault of a stdio server and has no address");
        }
        Deviation deviation = Deviations.of(fault);
        if (!deviation.listens()) {
            return closed(fault, deviation);
        }
        ServerSocket listener = HttpServer.listen();
        int port = listener.getLocalPort();
        Connector connector = fault.tls()
                .<Connector>map(certificate -> new Tls(deviation.certificate(certificate)))
                .orElse(accepted -> accepted);
        Site site =
                new Site(port, fault.credential(), new Sessions(), deviation.rpc(new HealthyServer(fault.traits())));
        HttpHandler healthy = new Gate(new HealthySite(site, deviation, fault.traits()), fault.credential());
        HttpServer server = new HttpServer(
                listener,
                deviation.connector(connector),
                deviation.http(healthy, site),
                deviation.framing(Framing.STANDARD));
        server.start();
        return new FaultyServer(address(fault, deviation, port), port, server);
    }

    /** The address that a user would give. */
    public String url() {
        return url;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address(Fault fault, Deviation deviation, int port) {
        String scheme = fault.tls().isPresent() ? "https" : "http";
        String path = fault.path()
                .orElse(fault.transport() == Fault.Transport.SSE ? HealthySite.SSE : HealthySite.STREAMABLE);
        return deviation.address(scheme + "://127.0.0.1:" + port + path, port);
    }

    /** A port that is taken, so that nobody else gets it, but that nothing listens on. */
    private static FaultyServer closed(Fault fault, Deviation deviation) {
        try {
            Socket taken = new Socket();
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            return new FaultyServer(address(fault, deviation, taken.getLocalPort()), taken.getLocalPort(), taken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
