package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;

/** The text of one delivery, taken apart: one message, or a batch of them. */
public record Incoming(List<Json> messages, boolean batch) {

    /**
     * Takes a text apart.
     *
     * @throws Malformed where it is not JSON, or no message
     */
    public static Incoming parse(String text) {
        Json json;
        try {
            json = Json.parse(text);
        } catch (Json.MalformedJson e) {
            throw new Malformed(new RpcError(RpcError.PARSE_ERROR, "The message is not valid JSON"), Json.MISSING);
        }
        if (!json.isArray()) {
            validate(json);
            return new Incoming(List.of(json), false);
        }
        if (json.size() == 0) {
            throw new Malformed(invalid("The batch is empty"), Json.MISSING);
        }
        json.items().forEach(Incoming::validate);
        return new Incoming(json.items(), true);
    }

    /** The text is no JSON-RPC message. */
    public static final class Malformed extends RuntimeException {
        private final transient Json response;

        Malformed(RpcError error, Json id) {
            super(error.getMessage(), null, false, false);
            this.response = error.response(id);
        }

        public Json response() {
            return response;
        }
    }

    /** The only message, or {@link Json#MISSING} in a batch. */
    public Json single() {
        return batch ? Json.MISSING : messages.get(0);
    }

    public boolean asks(String method) {
        return messages.stream()
                .anyMatch(message -> message.get("method").text().equals(method));
    }

    /** The id of a request that stands alone, to answer it by. */
    public Json id() {
        return single().get("id");
    }

    /** All answers: one object, an array for a batch, {@link Json#MISSING} where nothing asks for one. */
    public Json answer(Rpc rpc, Session session) {
        List<Json> answers = messages.stream()
                .map(message -> rpc.answer(new Rpc.Call(message, session)))
                .filter(Json::isPresent)
                .toList();
        if (answers.isEmpty()) {
            return Json.MISSING;
        }
        return batch ? Json.of(answers) : answers.get(0);
    }

    /** Refuses a batch where the revision has none, and a handshake within one. */
    public void checkBatch(String revision) {
        if (batch && !revision.equals(Revision.WITH_BATCHES)) {
            throw new Malformed(invalid("A batch needs revision " + Revision.WITH_BATCHES), Json.MISSING);
        }
        if (batch && asks("initialize")) {
            throw new Malformed(invalid("initialize must not be part of a batch"), Json.MISSING);
        }
    }

    private static void validate(Json message) {
        Json id = message.get("id");
        if (!message.isObject() || !message.get("jsonrpc").text().equals("2.0")) {
            throw new Malformed(invalid("The message is not JSON-RPC 2.0"), id);
        }
        if (id.isPresent() && !RpcError.isId(id)) {
            throw new Malformed(invalid("The id must be a string or an integer"), id);
        }
        boolean response = message.get("method").isMissing()
                && id.isPresent()
                && (message.get("result").isPresent() || message.get("error").isPresent());
        if (!response && !message.get("method").isString()) {
            throw new Malformed(invalid("The message has no method"), id);
        }
    }

    private static RpcError invalid(String why) {
        return new RpcError(RpcError.INVALID_REQUEST, why);
    }
}
