package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.target.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A place of this machine to which nobody has to come; it says nothing, and counts who comes all the same. */
final class Canary implements AutoCloseable {

    private static final int MOST_WAITING = 8;

    private final AtomicInteger visits = new AtomicInteger();
    private final Place place;
    private final ServerSocket listener;

    /** @throws IOException where nothing can listen there */
    Canary(Place place) throws IOException {
        this.place = place;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(place.bare(), place.port()), MOST_WAITING);
        Thread thread = new Thread(this::listen, "canary");
        thread.setDaemon(true);
        thread.start();
    }

    /** The address of a document there, as a client id is written. */
    String document() {
        return "https://" + place.host() + ":" + listener.getLocalPort() + "/client.json";
    }

    /** How many came. */
    int visits() {
        return visits.get();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket visitor = listener.accept();
                visits.incrementAndGet();
                visitor.close();
            } catch (IOException e) {
                // It is over, or the visitor is gone already.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
