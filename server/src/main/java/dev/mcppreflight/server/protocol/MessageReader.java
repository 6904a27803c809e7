package dev.mcppreflight.server.protocol;

import dev.mcppreflight.server.protocol.Message.Batch;
import dev.mcppreflight.server.protocol.Message.Malformed;
import dev.mcppreflight.server.protocol.Message.Notification;
import dev.mcppreflight.server.protocol.Message.Request;
import dev.mcppreflight.server.protocol.Message.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads bytes as JSON-RPC 2.0 in the stricter form of the MCP: ids are strings or integers, never null. */
public final class MessageReader {

    private final JsonCodec json;

    /** Creates a reader on this codec. */
    public MessageReader(JsonCodec json) {
        this.json = json;
    }

    /** Returns the message in these bytes; it never throws on bad input, it returns {@link Malformed}. */
    public Message read(byte[] utf8) {
        Object value;
        try {
            value = json.parse(utf8);
        } catch (IllegalArgumentException e) {
            return new Malformed(null, new RpcError(RpcError.PARSE_ERROR, "Parse error: the message is not JSON"));
        }
        return value instanceof List<?> elements ? batch(elements) : single(value);
    }

    private Message batch(List<?> elements) {
        if (elements.isEmpty()) {
            return invalid(null, "a batch needs at least one message");
        }
        List<Message> messages = elements.stream().map(this::single).toList();
        Optional<Message> bad =
                messages.stream().filter(Malformed.class::isInstance).findFirst();
        // One answer for the whole array: an error without id cannot be told apart inside a batch.
        return bad.isPresent() ? new Malformed(null, ((Malformed) bad.get()).error()) : new Batch(messages);
    }

    private Message single(Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return invalid(null, "a message is a JSON object");
        }
        Object id = members.get("id");
        boolean usableId = id instanceof String || id instanceof Integer || id instanceof Long;
        Object knownId = usableId ? id : null;
        if (!"2.0".equals(members.get("jsonrpc"))) {
            return invalid(knownId, "jsonrpc must be \"2.0\"");
        }
        if (members.containsKey("id") && !usableId) {
            return invalid(null, "id must be a string or an integer");
        }
        if (members.containsKey("method")) {
            return call(members, knownId);
        }
        boolean oneOutcome = members.containsKey("result") ^ members.containsKey("error");
        return usableId && oneOutcome
                ? new Response(id, members.get("result"), members.get("error"))
                : invalid(knownId, "a message is a request, a notification or a response");
    }

    private Message call(Map<?, ?> members, Object id) {
        if (!(members.get("method") instanceof String method)) {
            return invalid(id, "method must be a string");
        }
        Object params = members.get("params");
        if (id != null) {
            return new Request(id, method, params);
        }
        // Nobody hears an error about a notification later, so its shape is judged here.
        if (params != null && !(params instanceof Map)) {
            return invalid(null, "params must be an object");
        }
        return new Notification(method, params == null ? Map.of() : (Map<?, ?>) params);
    }

    private static Malformed invalid(Object id, String why) {
        return new Malformed(id, new RpcError(RpcError.INVALID_REQUEST, "Invalid request: " + why));
    }
}
