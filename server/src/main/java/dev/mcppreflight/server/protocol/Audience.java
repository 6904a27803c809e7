package dev.mcppreflight.server.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of all transports that are there now. */
public final class Audience {

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final JsonCodec json;

    /** Creates an empty audience. */
    public Audience(JsonCodec json) {
        this.json = json;
    }

    /** Notes that this client has come. */
    public void add(Listener listener) {
        listeners.add(listener);
    }

    /** Notes that this client has gone, and ends what is under way for it. */
    public void remove(Listener listener) {
        listeners.remove(listener);
        listener.close();
    }

    /** Tells those who want to hear of it. */
    public void tell(Change change) {
        byte[] notification = json.write(Notice.of(change.method(), change.uri() == null ? null : change.params()));
        listeners.forEach(listener -> listener.hear(change, notification));
    }
}
