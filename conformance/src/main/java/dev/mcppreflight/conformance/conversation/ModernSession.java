package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.WireLog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A conversation without a handshake (2026-07-28 basic/versioning): every request carries in itself what a session would have
 * settled, in its {@code _meta} and, over HTTP, in headers that repeat parts of the body.
 */
final class ModernSession implements Session {

    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";
    static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private static final Json WHO = Json.object("name", "mcp-preflight", "version", "0.1");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    private final Session carrier;
    private final String suffix;
    private final Function<String, Json> tools;

    /**
     * @param carrier the transport, opened where it has to be
     * @param suffix of the purposes under which requests are recorded
     * @param tools the definition of a tool by its name, as far as it is known; missing otherwise
     */
    ModernSession(Session carrier, String suffix, Function<String, Json> tools) {
        this.carrier = carrier;
        this.suffix = suffix;
        this.tools = tools;
    }

    /** What every request says in its {@code _meta}. */
    static Json meta(Json clientInfo) {
        return Json.object(VERSION, Revision.MODERN, CLIENT_INFO, clientInfo, CAPABILITIES, Json.object());
    }

    @Override
    public Session carrier() {
        return carrier;
    }

    @Override
    public Transport transport() {
        return carrier.transport();
    }

    @Override
    public Reply open(WireLog log) {
        return carrier.open(log);
    }

    @Override
    public Reply send(Outgoing message, WireLog log) {
        return carrier.send(dressed(message), log);
    }

    @Override
    public Reply readToEnd(Outgoing message, WireLog log, HttpProbe patient) {
        return carrier.readToEnd(dressed(message), log, patient);
    }

    private Outgoing dressed(Outgoing message) {
        Outgoing named = message.named(message.purpose() + suffix);
        return message.method().equals("POST") ? dress(named, WHO, tools) : named;
    }

    /** The message as a client of the revision sends it; what it says of itself already stays as it is. */
    static Outgoing dress(Outgoing message, Json clientInfo, Function<String, Json> tools) {
        Json json = Json.parseOrMissing(message.text());
        boolean request = json.isObject()
                && json.get("id").isPresent()
                && json.get("method").isString()
                && (json.get("params").isMissing() || json.get("params").isObject());
        Json whole = request ? withMeta(json, message.metadata().apply(meta(json, clientInfo))) : json;
        UnaryOperator<HttpRequest> headers = headers(
                whole,
                ParameterHeaders.of(tools.apply(json.get("params").get("name").text()), json.get("params")));
        return new Outgoing(
                message.purpose(),
                whole.isMissing() || whole.equals(json) ? message.text() : whole.toString(),
                message.id(),
                message.method(),
                plain -> message.adjustment().apply(headers.apply(plain)));
    }

    /** What the message says of itself already, and what else is due. */
    private static Json meta(Json message, Json clientInfo) {
        Json own = message.get("params").get("_meta");
        Json meta = meta(clientInfo);
        for (String name : own.names()) {
            meta = meta.with(name, own.get(name));
        }
        return meta;
    }

    private static Json withMeta(Json message, Json meta) {
        Json params = message.get("params");
        if (meta.isMissing()) {
            return params.isMissing() ? message : message.with("params", params.without("_meta"));
        }
        return message.with("params", (params.isMissing() ? Json.object() : params).with("_meta", meta));
    }

    private static UnaryOperator<HttpRequest> headers(Json message, Map<String, String> parameters) {
        Json params = message.get("params");
        Json declared = params.get("_meta").get(VERSION);
        String method = message.get("method").text();
        String name =
                switch (method) {
                    case "tools/call", "prompts/get" -> params.get("name").text();
                    case "resources/read" -> params.get("uri").text();
                    default -> "";
                };
        return request -> {
            HttpRequest whole =
                    request.with(HttpHeaders.VERSION, declared.isString() ? declared.text() : Revision.MODERN);
            whole = method.isEmpty() ? whole : whole.with(METHOD, method);
            whole = name.isEmpty() ? whole : whole.with(NAME, encoded(name));
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                whole = whole.with(parameter.getKey(), encoded(parameter.getValue()));
            }
            return whole;
        };
    }

    /** A value as a header can carry it: as it is, or in base64 between marks (streamable-http#value-encoding). */
    static String encoded(String value) {
        boolean marked = value.startsWith("=?base64?") && value.endsWith("?=");
        return PLAIN.matcher(value).matches() && !marked ? value : wrapped(value);
    }

    static String wrapped(String value) {
        return "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    @Override
    public void established(Reply initialize, String revision) {
        // There is nothing to keep: that is the point of this revision.
    }

    @Override
    public boolean isAlive() {
        return carrier.isAlive();
    }

    @Override
    public void close() {
        carrier.close();
    }
}
