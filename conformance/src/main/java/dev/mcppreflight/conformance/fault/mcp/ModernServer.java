package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Patch;
import java.util.Set;

/**
 * The healthy server in the revision without a handshake: each request says in its {@code _meta} what it is, and each result
 * says what kind it is of and how long it may be kept.
 */
public final class ModernServer implements Rpc {

    public static final String VERSION = "2026-07-28";
    public static final String PREFIX = "io.modelcontextprotocol/";
    public static final String LISTEN = "subscriptions/listen";
    public static final int HEADER_MISMATCH = -32020;
    public static final int UNSUPPORTED_VERSION = -32022;

    private static final Json SERVER_INFO = Json.object("name", "preflight-healthy", "version", "1.0.0");

    /** What was there before and is no more. */
    private static final Set<String> REMOVED =
            Set.of("initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    /** The argument of search stands in a header as well. */
    public static final String MIRROR = "Query";

    private static final Patch MIRRORED = Patch.of(
            Json.object("set", Json.object("result.tools.2.inputSchema.properties.query.x-mcp-header", MIRROR)));

    private static final Set<String> CACHEABLE = Set.of(
            "server/discover",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "resources/read");

    private final Rpc older;
    private final boolean alone;

    /**
     * @param older the same server in the revisions before
     * @param alone whether those are not spoken
     */
    public ModernServer(Rpc older, boolean alone) {
        this.older = older;
        this.alone = alone;
    }

    /** Whether a message is one of this revision, by what it says of itself. */
    public static boolean isOf(Json message) {
        String method = message.get("method").text();
        return Set.of("server/discover", LISTEN).contains(method)
                || message.get("params").get("_meta").names().stream().anyMatch(name -> name.startsWith(PREFIX));
    }

    /** Whether a request does not say all that it has to say of itself. */
    public static boolean isIncomplete(Json message) {
        Json meta = message.get("params").get("_meta");
        return !meta.get(PREFIX + "protocolVersion").isString()
                || !meta.get(PREFIX + "clientCapabilities").isObject();
    }

    /** Whether earlier revisions had this method, and this one has not. */
    public static boolean isRemoved(String method) {
        return REMOVED.contains(method);
    }

    @Override
    public Json answer(Call call) {
        boolean ours = alone || call.session().revision().equals(VERSION) || isOf(call.message());
        if (!ours) {
            return older.answer(call);
        }
        if (!call.isRequest()) {
            return Json.MISSING;
        }
        Json requested = call.params().get("_meta").get(PREFIX + "protocolVersion");
        if (alone && call.method().equals("initialize") && requested.isMissing()) {
            return unsupported(call.id(), call.params().get("protocolVersion"));
        }
        if (isIncomplete(call.message())) {
            return new RpcError(RpcError.INVALID_PARAMS, "_meta lacks a required member").response(call.id());
        }
        if (!requested.text().equals(VERSION)) {
            return unsupported(call.id(), requested);
        }
        Json level = call.params().get("_meta").get(PREFIX + "logLevel");
        if (level.isPresent() && !HealthyServer.LOG_LEVELS.contains(level.text())) {
            return new RpcError(RpcError.INVALID_PARAMS, "Unknown log level").response(call.id());
        }
        if (REMOVED.contains(call.method())) {
            return new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + call.method()).response(call.id());
        }
        return switch (call.method()) {
            case "server/discover" -> Rpc.result(call.id(), complete(call.method(), discovered()));
            case LISTEN -> acknowledgement(call);
            default -> served(call);
        };
    }

    private Json served(Call call) {
        Json answer = older.answer(new Call(call.message(), Session.stateless(VERSION)));
        if (answer.get("result").isPresent() && call.method().equals("tools/list")) {
            answer = MIRRORED.apply(answer);
        }
        if (answer.get("result").isPresent()) {
            return answer.with("result", complete(call.method(), answer.get("result")));
        }
        boolean lost = answer.get("error").get("code").number(0) == RpcError.RESOURCE_NOT_FOUND;
        return lost ? new RpcError(RpcError.INVALID_PARAMS, "Resource not found").response(call.id()) : answer;
    }

    private Json discovered() {
        Json welcome = welcome();
        return Json.object(
                "supportedVersions",
                Json.array(VERSION),
                "capabilities",
                welcome.get("capabilities"),
                "instructions",
                welcome.get("instructions"));
    }

    private Json welcome() {
        Json initialize = Json.object(
                "jsonrpc", "2.0", "id", 0, "method", "initialize", "params", Json.object("protocolVersion", VERSION));
        return older.answer(new Call(initialize, new Session("", ""))).get("result");
    }

    /** The first message of a subscription: that of what was asked for which this server will tell of. */
    private Json acknowledgement(Call call) {
        Json asked = call.params().get("notifications");
        Json honoured = Json.object();
        boolean tells =
                welcome().get("capabilities").get("resources").get("subscribe").isTrue();
        if (tells && asked.get("resourceSubscriptions").isPresent()) {
            honoured = honoured.with("resourceSubscriptions", asked.get("resourceSubscriptions"));
        }
        return Json.object(
                "jsonrpc",
                "2.0",
                "method",
                "notifications/subscriptions/acknowledged",
                "params",
                Json.object("_meta", Json.object(PREFIX + "subscriptionId", call.id()), "notifications", honoured));
    }

    private static Json complete(String method, Json result) {
        Json complete =
                result.with("resultType", "complete").with("_meta", Json.object(PREFIX + "serverInfo", SERVER_INFO));
        return CACHEABLE.contains(method) ? complete.with("ttlMs", 60_000).with("cacheScope", "public") : complete;
    }

    private static Json unsupported(Json id, Json requested) {
        Json error = new RpcError(UNSUPPORTED_VERSION, "Unsupported protocol version").response(id);
        Json data = Json.object("supported", Json.array(VERSION), "requested", requested.text());
        return error.with("error", error.get("error").with("data", data));
    }
}
