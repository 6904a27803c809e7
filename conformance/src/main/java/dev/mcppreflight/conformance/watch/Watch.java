package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.probe.Dial;
import dev.mcppreflight.conformance.probe.Names;
import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.wire.Redactor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A reverse proxy that takes down what it forwards. Bodies and streams pass octet by octet as they come; what is recorded is
 * bounded, what is forwarded is not.
 */
public final class Watch implements AutoCloseable {

    private static final int BACKLOG = 128;

    private final WatchOptions options;
    private final ServerSocket listener;
    private final Visitors visitors;
    private final Forwarding forwarding;
    private final Dial dial;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    private Watch(WatchOptions options, ServerSocket listener, Consumer<String> lines) {
        this.options = options;
        this.listener = listener;
        Redactor redactor = new Redactor(options.upstream().secrets());
        Secrets secrets = new Secrets(redactor);
        this.visitors = new Visitors(options, redactor, secrets, SameServer.behind(this, options.upstream()), lines);
        this.forwarding = new Forwarding(options, secrets);
        this.dial = new Dial(
                new Trust(options.upstream()), new Names(options.upstream().resolutions()));
    }

    /**
     * Listens, and forwards from now on.
     *
     * @param lines is given a line for each thing that happens, by one thread
     * @throws IOException when the port cannot be had
     */
    public static Watch start(WatchOptions options, Consumer<String> lines) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(options.listen(), options.port()), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        Watch watch = new Watch(options, listener, lines);
        watch.threads.execute(watch::accept);
        return watch;
    }

    /** The port on which it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Its own origin. */
    public URI address() {
        String host = listener.getInetAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** How many exchanges are over. */
    public long finished() {
        return visitors.finished();
    }

    /** Everything that was seen until now. */
    public Watched watched() {
        return visitors.watched();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (passages.size() >= options.mostConnections()) {
                    refuse(client);
                } else {
                    serve(client);
                }
            } catch (IOException | RejectedExecutionException e) {
                // Closing the listener ends the waiting; a client that is gone already is no loss.
            }
        }
    }

    private void serve(Socket client) {
        Passage passage = new Passage(client, options, forwarding, dial, threads, visitors);
        passages.add(passage);
        threads.execute(() -> {
            try {
                passage.run();
            } finally {
                passages.remove(passage);
            }
        });
    }

    private void refuse(Socket client) throws IOException {
        try (client) {
            Passage.write(
                    client.getOutputStream(),
                    503,
                    "Service Unavailable",
                    "preflight watch serves " + options.mostConnections() + " connections at once");
        }
        visitors.remark("a client was refused: " + options.mostConnections() + " are connected");
    }

    /** Ends all connections and gives the port back. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // It is closed.
        }
        passages.forEach(Passage::close);
        threads.shutdownNow();
        visitors.close();
    }
}
