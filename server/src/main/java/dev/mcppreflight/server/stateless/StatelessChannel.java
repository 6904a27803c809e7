package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.Notice;
import dev.mcppreflight.server.protocol.Outlet;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Requests without sessions on one channel that carries all messages (2026-07-28, basic/transports/stdio). It remembers of a
 * request only what it takes to cancel it.
 */
public final class StatelessChannel {

    private static final String CANCELLED = "notifications/cancelled";
    private static final int MOST_SUBSCRIPTIONS = 100;

    private final StatelessProtocol protocol;
    private final Audience audience;
    private final JsonCodec json;
    private final Outlet outlet;
    private final Executor workers;
    private final Map<Object, PendingResult> calls = new ConcurrentHashMap<>();
    private final Map<Object, Subscription> subscriptions = new ConcurrentHashMap<>();

    /**
     * Creates a channel on which nobody has said anything.
     *
     * @param workers what requests are answered on that may take long
     */
    public StatelessChannel(
            StatelessProtocol protocol, Audience audience, JsonCodec json, Outlet outlet, Executor workers) {
        this.protocol = protocol;
        this.audience = audience;
        this.json = json;
        this.outlet = outlet;
        this.workers = workers;
    }

    /** Tells whether a request is of this protocol and not of a session. */
    public static boolean isFor(Message.Request request) {
        return StatelessProtocol.isIntroducedBy(request) || StatelessProtocol.owns(request.method());
    }

    /** Takes a request; what there is to say goes to the outlet. */
    public void receive(Message.Request request) {
        Optional<RpcError> objection = protocol.objection(request);
        if (objection.isPresent()) {
            send(objection.get().answering(request.id()));
        } else if (StatelessProtocol.isSubscription(request)) {
            subscribe(request);
        } else if (protocol.takesLong(request)) {
            answerElsewhere(request);
        } else {
            protocol.take(request, null, outlet).answer().ifPresent(this::send);
        }
    }

    private void answerElsewhere(Message.Request request) {
        PendingResult call = protocol.take(request, null, outlet);
        // Of two with one id the first can be cancelled.
        calls.putIfAbsent(request.id(), call);
        try {
            workers.execute(() -> {
                try {
                    call.answer().ifPresent(this::send);
                } finally {
                    calls.remove(request.id(), call);
                }
            });
        } catch (RejectedExecutionException e) {
            calls.remove(request.id(), call);
            refuse(request, new RpcError(RpcError.INTERNAL_ERROR, "Too many calls at once: try again later"));
        }
    }

    private void subscribe(Message.Request request) {
        if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
            refuse(
                    request,
                    new RpcError(RpcError.INTERNAL_ERROR, "At most " + MOST_SUBSCRIPTIONS + " subscriptions at once"));
            return;
        }
        try {
            Subscription subscription = protocol.subscription(request, outlet);
            if (subscriptions.putIfAbsent(request.id(), subscription) != null) {
                refuse(request, new RpcError(RpcError.INVALID_REQUEST, "Another subscription has this id"));
                return;
            }
            outlet.send(subscription.acknowledgement());
            audience.add(subscription);
        } catch (RpcException e) {
            refuse(request, e.error());
        }
    }

    /** Takes a notification: a client no longer wants what it has asked for. */
    public void hear(Message.Notification notification) {
        Object id =
                notification.method().equals(CANCELLED) ? notification.params().get("requestId") : null;
        if (id == null) {
            return;
        }
        PendingResult call = calls.get(id);
        if (call != null) {
            call.cancel();
        }
        Subscription subscription = subscriptions.remove(id);
        if (subscription != null) {
            audience.remove(subscription);
        }
    }

    /** Ends the subscriptions, and says so: the client is about to leave, but may still read. */
    public void close() {
        subscriptions.forEach((id, subscription) -> {
            audience.remove(subscription);
            outlet.send(json.write(Notice.of(CANCELLED, Map.of("requestId", id))));
            outlet.send(subscription.end());
        });
        subscriptions.clear();
    }

    private void refuse(Message.Request request, RpcError error) {
        send(error.answering(request.id()));
    }

    private void send(Object response) {
        outlet.send(json.write(response));
    }
}
