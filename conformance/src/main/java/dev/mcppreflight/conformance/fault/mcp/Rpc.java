package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Mishap;

/** Answers JSON-RPC messages, whatever transport brought them. */
@FunctionalInterface
public interface Rpc {

    /**
     * The response to a request; {@link Json#MISSING} for what deserves none.
     *
     * @throws Mishap where the server does something else than answer
     */
    Json answer(Call call);

    /** One incoming message. */
    record Call(Json message, Session session) {

        public String method() {
            return message.get("method").text();
        }

        public Json params() {
            return message.get("params");
        }

        public Json id() {
            return message.get("id");
        }

        public boolean isRequest() {
            return id().isPresent() && message.get("method").isPresent();
        }

        public Call with(Json other) {
            return new Call(other, session);
        }
    }

    static Json result(Json id, Json result) {
        return Json.object("jsonrpc", "2.0", "id", id, "result", result);
    }
}
