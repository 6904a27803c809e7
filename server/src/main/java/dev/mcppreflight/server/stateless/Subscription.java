package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Change;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Listener;
import dev.mcppreflight.server.protocol.Notice;
import dev.mcppreflight.server.protocol.Outlet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request for changes that stays open (2026-07-28, basic/patterns/subscriptions). Each of its messages names it. */
public final class Subscription implements Listener {

    private final Object id;
    private final Filter filter;
    private final Outlet outlet;
    private final byte[] end;
    private final JsonCodec json;
    private volatile boolean closed;

    Subscription(Object id, Filter filter, Outlet outlet, byte[] end, JsonCodec json) {
        this.id = id;
        this.filter = filter;
        this.outlet = outlet;
        this.end = end;
        this.json = json;
    }

    /** Returns the message that has to come first: what the server is going to tell. */
    public byte[] acknowledgement() {
        return notification("notifications/subscriptions/acknowledged", Map.of("notifications", filter.toJson()));
    }

    /** Returns the message with which the server ends it. */
    public byte[] end() {
        return end.clone();
    }

    @Override
    public void hear(Change change, byte[] plain) {
        if (!closed && filter.lets(change)) {
            outlet.send(notification(change.method(), change.params()));
        }
    }

    private byte[] notification(String method, Map<String, Object> params) {
        Map<String, Object> tagged = new LinkedHashMap<>();
        tagged.put("_meta", Map.of(MetaKeys.SUBSCRIPTION, id));
        tagged.putAll(params);
        return json.write(Notice.of(method, tagged));
    }

    @Override
    public void close() {
        closed = true;
    }
}
