package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;

/** Answers JSON-RPC messages, whatever transport brought them. */
@FunctionalInterface
interface Rpc {

    /**
     * The response to a request; {@link Json#MISSING} for what deserves none.
     *
     * @throws Mishap where the server does something else than answer
     */
    Json answer(Call call);

    /** One incoming message. */
    record Call(Json message, Session session) {

        String method() {
            return message.get("method").text();
        }

        Json params() {
            return message.get("params");
        }

        Json id() {
            return message.get("id");
        }

        boolean isRequest() {
            return id().isPresent() && message.get("method").isPresent();
        }

        Call with(Json other) {
            return new Call(other, session);
        }
    }

    static Json result(Json id, Json result) {
        return Json.object("jsonrpc", "2.0", "id", id, "result", result);
    }
}
