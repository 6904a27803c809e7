package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;

/** What a client sent, judged by its shape alone. */
public sealed interface Message {

    /**
     * A request.
     *
     * @param id a String, Integer or Long
     * @param method the method
     * @param params the parameters as parsed JSON, or null when absent
     */
    record Request(Object id, String method, Object params) implements Message {

        /** Returns the members of the parameters; none when they are absent. */
        public Map<?, ?> members() {
            return params instanceof Map<?, ?> given ? given : Map.of();
        }

        /** Returns the members of {@code _meta}; none when it is absent. */
        public Map<?, ?> meta() {
            return members().get("_meta") instanceof Map<?, ?> meta ? meta : Map.of();
        }
    }

    /**
     * A notification; it is never answered.
     *
     * @param method the method
     * @param params the parameters; empty when absent
     */
    record Notification(String method, Map<?, ?> params) implements Message {}

    /**
     * The response to a request of the server.
     *
     * @param id the id that it answers
     * @param result the result, or null when it is an error
     * @param error the error, or null when it is a result
     */
    record Response(Object id, Object result, Object error) implements Message {}

    /**
     * A JSON array of messages, none of them malformed.
     *
     * @param messages the messages in their order, at least one
     */
    record Batch(List<Message> messages) implements Message {

        /** Makes the list immutable. */
        public Batch {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Anything else.
     *
     * @param id the id of the request that it was meant to be, or null
     * @param error what is wrong with it
     */
    record Malformed(Object id, RpcError error) implements Message {}
}
