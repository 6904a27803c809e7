package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Patch;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.Tool;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Site;
import dev.mcppreflight.conformance.fault.transport.StreamableEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** What goes wrong in HTTP requests and responses, on the server or on the way to it. */
final class HttpDeviations {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("reply", Reply::deviation),
            entry("alter", HttpDeviations::alter),
            entry("strict-accept", parameter -> strict("POST", "Accept", Parameter.text(parameter), 406)),
            entry("strict-content-type", parameter -> strict("POST", "Content-Type", Parameter.text(parameter), 415)),
            entry("wrong-length", parameter -> wrongLength(Parameter.number(parameter))),
            entry("undecodable", parameter -> undecodable(Parameter.text(parameter))),
            plain("byte-order-mark", HttpDeviations::byteOrderMark),
            plain("fails-on-new-members", HttpDeviations::failsOnNewMembers),
            plain("mute-stream", MuteStream::new),
            entry("lost-prefix", parameter -> lostPrefix(Parameter.text(parameter))),
            entry("fewer-tools-for", parameter -> fewerToolsFor(Parameter.text(parameter))),
            plain("half-modern", () -> Deviation.ofHttp(HttpDeviations::halfModern)),
            plain("cold-list", () -> Deviation.ofHttp(HttpDeviations::coldList)));

    private HttpDeviations() {}

    /** Changes the healthy answer: its status and its headers; in what is set {@code {was}} is what was there. */
    private static Deviation alter(Json parameter) {
        Parameter.only(parameter, Set.of("when", "if-status", "status", "set", "add", "remove"));
        Condition condition = Condition.of(parameter.get("when"));
        Json set = parameter.get("set");
        Json add = parameter.get("add");
        List<Json> remove = parameter.get("remove").items();
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (!condition.holds(request)
                    || response.status() != parameter.get("if-status").number(response.status())) {
                return response;
            }
            Response altered = response.status((int) parameter.get("status").number(response.status()));
            for (Json name : remove) {
                altered = altered.without(name.text());
            }
            for (String name : set.names()) {
                String was = response.headers().first(name).orElse("");
                altered = altered.with(name, set.get(name).text().replace("{was}", was));
            }
            for (String name : add.names()) {
                altered = altered.plus(name, add.get(name).text());
            }
            return altered;
        });
    }

    /** Compares a header letter by letter. */
    private static Deviation strict(String method, String header, String value, int status) {
        return Deviation.ofHttp((request, healthy, site) -> request.method().equals(method)
                        && !request.header(header).orElse("").equals(value)
                ? Response.text(status, "text/plain", header + " must be " + value + "\n")
                : healthy.handle(request));
    }

    private static Deviation wrongLength(int difference) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.isStream() || response.body().length == 0
                    ? response
                    : response.with("Content-Length", String.valueOf(response.body().length + difference));
        });
    }

    /** Names one content coding, unasked, and applies another. */
    private static Deviation undecodable(String coding) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.isStream() || response.body().length == 0
                    ? response
                    : response.body(gzip(response.body())).with("Content-Encoding", coding);
        });
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** Before every body and every stream. */
    private static Deviation byteOrderMark() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (response.isStream()) {
                return response.stream(
                        out -> {
                            out.send(BYTE_ORDER_MARK);
                            response.stream().write(out);
                        },
                        response.headers());
            }
            if (response.body().length == 0) {
                return response;
            }
            ByteArrayOutputStream marked = new ByteArrayOutputStream();
            marked.writeBytes(BYTE_ORDER_MARK);
            marked.writeBytes(response.body());
            return response.body(marked.toByteArray());
        });
    }

    /** Knows initialize as it was in 2024-11-05, and fails on everything that came since. */
    private static Deviation failsOnNewMembers() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Json params = request.json().get("params");
            boolean old =
                    Set.of("protocolVersion", "capabilities", "clientInfo").containsAll(params.names())
                            && Set.of("roots", "sampling", "experimental")
                                    .containsAll(params.get("capabilities").names())
                            && Set.of("name", "version")
                                    .containsAll(params.get("clientInfo").names());
            if (request.rpcMethod().equals("initialize") && !old) {
                throw Mishap.failure(500);
            }
            return healthy.handle(request);
        });
    }

    /** Announces changes of the tool list, but the stream that would tell them never says anything. */
    private record MuteStream() implements Deviation {

        @Override
        public Rpc rpc(Rpc healthy) {
            Patch announce = Patch.of(Json.object("set", Json.object("result.capabilities.tools.listChanged", true)));
            return call ->
                    call.method().equals("initialize") ? announce.apply(healthy.answer(call)) : healthy.answer(call);
        }

        @Override
        public HttpHandler http(HttpHandler healthy, Site site) {
            return request -> request.method().equals("GET") && request.path().equals(HealthySite.STREAMABLE)
                    ? Response.stream(EventStream::awaitCloseSilently)
                    : healthy.handle(request);
        }
    }

    /** A list that depends on who asks, by the User-Agent. */
    private static Deviation fewerToolsFor(String agent) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            boolean concerned = request.rpcMethod().equals("tools/list")
                    && request.header("User-Agent")
                            .filter(name -> name.matches(agent))
                            .isPresent();
            if (!concerned || response.isStream()) {
                return response;
            }
            Json answer = Json.parseOrMissing(new String(response.body(), StandardCharsets.UTF_8));
            Json result = answer.get("result");
            Json fewer = Json.of(result.get("tools").items().subList(0, 1));
            return response.body(answer.with("result", result.with("tools", fewer))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Announces 2026-07-28, and keeps none of its rules. */
    private static Response halfModern(Request request, HttpHandler healthy, Site site) {
        if (!request.rpcMethod().equals("server/discover")) {
            return healthy.handle(request);
        }
        Json offer = Json.object(
                "resultType",
                "complete",
                "supportedVersions",
                Json.array("2026-07-28"),
                "capabilities",
                Json.object("tools", Json.object()),
                "serverInfo",
                Json.object("name", "half-modern", "version", "1"),
                "ttlMs",
                60_000,
                "cacheScope",
                "private");
        return Response.json(200, Rpc.result(request.json().get("id"), offer));
    }

    /** Lists its tools to everybody, session or not. */
    private static Response coldList(Request request, HttpHandler healthy, Site site) {
        boolean cold = request.rpcMethod().equals("tools/list")
                && request.path().equals(HealthySite.STREAMABLE)
                && !request.headers().has(StreamableEndpoint.SESSION_ID);
        return cold
                ? Response.json(
                        200, Rpc.result(request.json().get("id"), Json.object("tools", Json.of(Tool.descriptions()))))
                : healthy.handle(request);
    }

    /** A proxy that serves the paths of the server below a prefix, of which the server knows nothing. */
    private static Deviation lostPrefix(String prefix) {
        return Deviation.ofHttp((request, healthy, site) -> request.path().startsWith(prefix + "/")
                ? healthy.handle(request.at(request.path().substring(prefix.length())))
                : Response.text(404, "text/plain", "Not found\n"));
    }
}
