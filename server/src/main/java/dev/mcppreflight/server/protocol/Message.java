package dev.mcppreflight.server.protocol;

import java.util.List;

/** What a client sent, judged by its shape alone. */
public sealed interface Message {

    /**
     * A request.
     *
     * @param id a String, Integer or Long
     * @param method the method
     * @param params the parameters as parsed JSON, or null when absent
     */
    record Request(Object id, String method, Object params) implements Message {}

    /**
     * A notification; it is never answered.
     *
     * @param method the method
     */
    record Notification(String method) implements Message {}

    /**
     * The response to a request of the server.
     *
     * @param id the id that it answers
     */
    record Response(Object id) implements Message {}

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
