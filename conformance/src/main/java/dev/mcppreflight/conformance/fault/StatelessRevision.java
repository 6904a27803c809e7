package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;

/** A server that speaks 2026-07-28 and nothing before it: no handshake, no session, the version in every request. */
final class StatelessRevision {

    private static final String VERSION = "2026-07-28";
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final int UNSUPPORTED_VERSION = -32022;
    private static final Json SERVER_INFO = Json.object("name", "preflight-healthy", "version", "1.0.0");

    private StatelessRevision() {}

    static Response handle(Request request, HttpHandler healthy, Site site) {
        if (!request.path().startsWith(HealthySite.STREAMABLE)
                || !request.method().equals("POST")) {
            return healthy.handle(request);
        }
        Json message = request.json();
        Json id = message.get("id");
        Json requested = message.get("params").get("_meta").get(PREFIX + "protocolVersion");
        if (message.get("method").text().equals("initialize")
                || !requested.text().equals(VERSION)) {
            return Response.json(400, unsupported(id, requested));
        }
        if (id.isMissing()) {
            return Response.empty(202);
        }
        if (message.get("method").text().equals("server/discover")) {
            Json result = Json.object(
                    "supportedVersions", Json.array(VERSION), "capabilities", Json.object("tools", Json.object()));
            return Response.json(200, Rpc.result(id, complete(result)));
        }
        Json answer = site.rpc().answer(new Rpc.Call(message, Session.stateless(VERSION)));
        if (answer.get("result").isPresent()) {
            return Response.json(200, answer.with("result", complete(answer.get("result"))));
        }
        boolean unknown = answer.get("error").get("code").number(0) == RpcError.METHOD_NOT_FOUND;
        return Response.json(unknown ? 404 : 200, answer);
    }

    private static Json complete(Json result) {
        return result.with("resultType", "complete")
                .with("ttlMs", 60_000)
                .with("cacheScope", "public")
                .with("_meta", Json.object(PREFIX + "serverInfo", SERVER_INFO));
    }

    private static Json unsupported(Json id, Json requested) {
        Json error = new RpcError(UNSUPPORTED_VERSION, "Unsupported protocol version").response(id);
        Json data = Json.object("supported", Json.array(VERSION), "requested", requested.text());
        return error.with("error", error.get("error").with("data", data));
    }
}
