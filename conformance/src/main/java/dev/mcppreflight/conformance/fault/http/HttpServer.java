package dev.mcppreflight.conformance.fault.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Listens on a free port of the loopback interface, with one daemon thread for each connection. */
public final class HttpServer implements AutoCloseable {

    private static final int GRACE_MILLIS = 50;

    private final ServerSocket listener;
    private final Connector connector;
    private final HttpHandler handler;
    private final Framing framing;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final CountDownLatch accepting = new CountDownLatch(1);
    private final ExecutorService threads;

    public HttpServer(ServerSocket listener, Connector connector, HttpHandler handler, Framing framing) {
        this.listener = listener;
        this.connector = connector;
        this.handler = handler;
        this.framing = framing;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fault-" + listener.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A listener on a free port. */
    public static ServerSocket listen() {
        try {
            ServerSocket listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 128);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    public void start() {
        threads.execute(this::accept);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        try {
            // The port is free once nobody waits on it any more, which takes the other thread a moment to notice.
            accepting.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The sockets of the network, not those of TLS above: closing one of these can wait for its writer.
        open.forEach(HttpServer::closeQuietly);
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                open.add(socket);
                long number = connections.incrementAndGet();
                threads.execute(() -> serve(socket, number));
            }
        } catch (IOException | RejectedExecutionException e) {
            // Closing the listener ends the waiting.
        } finally {
            accepting.countDown();
        }
    }

    private void serve(Socket accepted, long number) {
        try (accepted) {
            accepted.setTcpNoDelay(true);
            try (Socket socket = connector.connect(accepted)) {
                serve(new HttpConnection(socket, number, handler, framing));
            }
        } catch (IOException e) {
            // The client went away, or never spoke what this server speaks.
        } finally {
            open.remove(accepted);
        }
    }

    private void serve(HttpConnection connection) throws IOException {
        try {
            connection.serve();
        } catch (Mishap e) {
            // A server that dies takes its port with it before a client can see the connection end.
            close();
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
