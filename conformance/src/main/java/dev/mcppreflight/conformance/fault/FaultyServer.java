package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.fault.authorization.Gate;
import dev.mcppreflight.conformance.fault.authorization.SignIn;
import dev.mcppreflight.conformance.fault.deviation.Deviation;
import dev.mcppreflight.conformance.fault.deviation.Deviations;
import dev.mcppreflight.conformance.fault.http.Connector;
import dev.mcppreflight.conformance.fault.http.Framing;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.HttpServer;
import dev.mcppreflight.conformance.fault.http.Tls;
import dev.mcppreflight.conformance.fault.mcp.HealthyServer;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Sessions;
import dev.mcppreflight.conformance.fault.transport.Site;
import dev.mcppreflight.conformance.target.OtherTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** An HTTP server on the loopback interface that is healthy but for the deviation of one fault. */
public final class FaultyServer implements AutoCloseable {

    private final String url;
    private final int port;
    private final Optional<String> bearer;
    private final OtherTokens others;
    private final AutoCloseable listening;

    private FaultyServer(String url, int port, Optional<String> bearer, OtherTokens others, AutoCloseable listening) {
        this.url = url;
        this.port = port;
        this.bearer = bearer;
        this.others = others;
        this.listening = listening;
    }

    /**
     * Starts the server on a free port.
     *
     * @throws IllegalArgumentException where the fault is one of a server on standard input and output
     */
    public static FaultyServer start(Fault fault) {
        return start(fault, Deviation.NONE);
    }

    /** The same with one more deviation around that of the fault. */
    static FaultyServer start(Fault fault, Deviation around) {
        if (fault.transport() == Fault.Transport.STDIO) {
            throw new IllegalArgumentException(fault.id() + " is a fault of a stdio server and has no address");
        }
        Deviation deviation = new Deviation.Both(Deviations.of(fault.deviation()), around);
        if (!deviation.listens()) {
            return closed(fault, deviation);
        }
        ServerSocket listener = HttpServer.listen();
        int port = listener.getLocalPort();
        Connector connector = fault.tls()
                .<Connector>map(certificate -> new Tls(deviation.certificate(certificate)))
                .orElse(accepted -> accepted);
        SignIn signIn = new SignIn(fault.traits(), fault.credential(), origin(fault, port), path(fault));
        Optional<String> key = signIn.bearer().or(fault::credential);
        Site site = new Site(port, key, new Sessions(), deviation.rpc(HealthyServer.of(fault.traits())));
        HttpHandler healthy =
                new Gate(signIn.before(new HealthySite(site, deviation::recipients, fault.traits())), signIn.guard());
        HttpServer server = new HttpServer(
                listener,
                deviation.connector(connector),
                deviation.http(healthy, site),
                deviation.framing(Framing.STANDARD));
        server.start();
        return new FaultyServer(address(fault, deviation, port), port, signIn.bearer(), signIn.otherTokens(), server);
    }

    /** The address that a user would give. */
    public String url() {
        return url;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** A token of its authorization server that lets in; nothing for a server that is open or asks for one key. */
    public Optional<String> bearer() {
        return bearer;
    }

    /** The tokens that it can be tried with beside that one. */
    public OtherTokens otherTokens() {
        return others;
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
        return deviation.address(origin(fault, port) + path(fault), port);
    }

    private static String origin(Fault fault, int port) {
        return (fault.tls().isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    private static String path(Fault fault) {
        return fault.path().orElse(fault.transport() == Fault.Transport.SSE ? HealthySite.SSE : HealthySite.STREAMABLE);
    }

    /** A port that is taken, so that nobody else gets it, but that nothing listens on. */
    private static FaultyServer closed(Fault fault, Deviation deviation) {
        try {
            Socket taken = new Socket();
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            return new FaultyServer(
                    address(fault, deviation, taken.getLocalPort()),
                    taken.getLocalPort(),
                    Optional.empty(),
                    OtherTokens.NONE,
                    taken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
