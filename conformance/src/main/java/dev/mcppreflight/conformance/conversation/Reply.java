package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;

/**
 * What came back for one message.
 *
 * @param exchange the record of the exchange
 * @param id the id that was sent; missing for a notification
 * @param message the JSON-RPC message that answers it; missing when none came
 */
public record Reply(Exchange exchange, Json id, Json message) {

    /**
     * What a body says in answer to a message. A refusal by HTTP may carry JSON of any kind, which is an answer only where it is
     * JSON-RPC by its looks: the error of a framework is none.
     */
    static Json spoken(int status, Json body) {
        Json error = body.get("error");
        boolean jsonRpc = body.isArray()
                || body.get("jsonrpc").isPresent()
                || error.get("code").isPresent()
                || error.isPresent() && body.get("id").isPresent();
        return status < 400 || jsonRpc ? body : Json.MISSING;
    }

    public boolean isResult() {
        return message.get("result").isPresent() && message.get("error").isMissing();
    }

    public boolean isError() {
        return message.get("error").isPresent();
    }

    public Json result() {
        return message.get("result");
    }

    /** The JSON-RPC error code, 0 for none. */
    public long code() {
        return message.get("error").get("code").number(0);
    }

    /** The HTTP status, 0 over standard streams or without an answer. */
    public int status() {
        return exchange.status();
    }

    /** Whether it asks the caller to sign in: by HTTP, or in the result of a call, where ChatGPT looks for it. */
    boolean asksForCredentials() {
        return status() == 401 && exchange.header("WWW-Authenticate").isPresent()
                || result().get("_meta").get("mcp/www_authenticate").isPresent();
    }

    public boolean isStdio() {
        return exchange.isStdio();
    }

    /** Whether HTTP refused it: 4xx. */
    public boolean isHttpRefusal() {
        return status() >= 400 && status() < 500;
    }

    /** One sentence for people: what was seen. */
    public String observed() {
        StringBuilder seen = new StringBuilder();
        if (exchange.status() > 0) {
            seen.append("HTTP ").append(exchange.status());
            if (!exchange.mediaType().isEmpty()) {
                seen.append(' ').append(exchange.mediaType());
            }
        }
        if (exchange.failure() != null) {
            append(
                    seen,
                    exchange.failure()
                                    .kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' ')
                            + (exchange.failure().detail().isEmpty()
                                    ? ""
                                    : ": " + exchange.failure().detail()));
        }
        if (message.isPresent()) {
            append(seen, shortened(message.toString(), 200));
        } else if (!exchange.body().isBlank()) {
            append(seen, shortened(exchange.body().strip(), 120));
        }
        return seen.length() == 0 ? "nothing" : seen.toString();
    }

    private static void append(StringBuilder text, String more) {
        text.append(text.length() == 0 ? "" : ", ").append(more);
    }

    private static String shortened(String text, int most) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
