package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server with a watch before it, and what a client meets there. */
final class Session implements AutoCloseable {

    private static final Path AUTHORITY = Path.of("..", "fixtures", "tls", "ca.pem");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AutoCloseable server;
    private final Watch watch;
    private final URI url;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private Session(AutoCloseable server, URI upstream, UnaryOperator<WatchOptions> options) {
        this.server = server;
        URI origin = URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority());
        Target target = Target.of(origin).withAuthority(AUTHORITY).withTimeout(PATIENCE);
        try {
            this.watch = Watch.start(options.apply(WatchOptions.of(target)), lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = upstream.getRawPath() + (upstream.getRawQuery() == null ? "" : "?" + upstream.getRawQuery());
        this.url = watch.address().resolve(path);
    }

    static Session before(String fault) {
        FaultyServer server = FaultyServer.start(Fault.load(fault));
        return new Session(server, URI.create(server.url()), UnaryOperator.identity());
    }

    static Session before(AutoCloseable server, URI url) {
        return new Session(server, url, UnaryOperator.identity());
    }

    static Session before(AutoCloseable server, URI url, UnaryOperator<WatchOptions> options) {
        return new Session(server, url, options);
    }

    /** The address of the server as clients of the watch have it. */
    URI url() {
        return url;
    }

    Watch watch() {
        return watch;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Plays the emulated client. */
    Session visitedBy(String client) {
        Target target = Target.of(url).withTimeout(PATIENCE.plusSeconds(1));
        try (Contact contact = Contact.with(target)) {
            contact.visit(new Catalogue().client(client).orElseThrow());
        }
        return this;
    }

    Watched seen() {
        return watch.watched();
    }

    @Override
    public void close() {
        watch.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
