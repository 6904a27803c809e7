package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpRequest;
import java.util.function.UnaryOperator;

/**
 * A message on its way out.
 *
 * @param purpose why it is sent, in the words of the scenario
 * @param text exactly what to send
 * @param id the id whose answer is awaited; missing for a message that gets none
 * @param method the HTTP method where HTTP carries it
 * @param adjustment what is unusual about the HTTP request
 * @param metadata what is unusual about what a request of 2026-07-28 says of itself; {@link Json#MISSING} leaves it out
 */
record Outgoing(
        String purpose,
        String text,
        Json id,
        String method,
        UnaryOperator<HttpRequest> adjustment,
        UnaryOperator<Json> metadata) {

    /** The request whose answer is a stream of changes, and ends when the client has heard enough. */
    static final String SUBSCRIPTION = "subscriptions/listen";

    Outgoing(String purpose, String text, Json id, String method, UnaryOperator<HttpRequest> adjustment) {
        this(purpose, text, id, method, adjustment, UnaryOperator.identity());
    }

    /** A request or notification that is sent as any client would. */
    static Outgoing plain(String purpose, Json message) {
        return new Outgoing(purpose, message.toString(), message.get("id"), "POST", UnaryOperator.identity());
    }

    Outgoing with(UnaryOperator<HttpRequest> more) {
        return new Outgoing(purpose, text, id, method, request -> more.apply(adjustment.apply(request)), metadata);
    }

    /** The same, saying something else of itself. */
    Outgoing saying(UnaryOperator<Json> change) {
        return new Outgoing(purpose, text, id, method, adjustment, meta -> change.apply(metadata.apply(meta)));
    }

    Outgoing named(String other) {
        return new Outgoing(other, text, id, method, adjustment, metadata);
    }

    boolean isSubscription() {
        return text.contains(SUBSCRIPTION);
    }

    /** The method that is called; the purpose where it calls none. */
    String called() {
        String called = Json.parseOrMissing(text).get("method").text();
        return called.isEmpty() ? purpose : called;
    }

    /** The first message of a subscription, or its refusal. */
    boolean isFirstAnsweredBy(Json message) {
        Json tag = message.get("params").get("_meta").get(ModernSession.SUBSCRIPTION);
        return isAnsweredBy(message)
                || isSubscription() && message.get("id").isMissing() && (tag.equals(id) || tag.isMissing());
    }

    /** Whether this message answers the request: the same id, or the same but for its type. */
    boolean isAnsweredBy(Json message) {
        boolean response =
                message.get("result").isPresent() || message.get("error").isPresent();
        if (!response || message.get("method").isPresent()) {
            return false;
        }
        String wanted = id.isString() ? id.text() : id.toString();
        Json given = message.get("id");
        return wanted.equals(given.isString() ? given.text() : given.toString());
    }

    /** Whether this message is a response that names no request. */
    static boolean isUnaddressed(Json message) {
        boolean response =
                message.get("result").isPresent() || message.get("error").isPresent();
        return response
                && message.get("method").isMissing()
                && (message.get("id").isMissing() || message.get("id").isNull());
    }
}
