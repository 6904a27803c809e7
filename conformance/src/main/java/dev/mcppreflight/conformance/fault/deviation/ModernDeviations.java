package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Patch;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.ModernServer;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.ModernEndpoint;
import dev.mcppreflight.conformance.fault.transport.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What goes wrong in the revision without a handshake. */
final class ModernDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            plain("modern-only", () -> Deviation.ofHttp(ModernDeviations::withoutOlder)),
            entry("overlooks-header", parameter -> overlooksHeader(Parameter.text(parameter))),
            entry("overlooks-metadata", parameter -> overlooksMetadata(Parameter.text(parameter))),
            entry("acknowledgement", ModernDeviations::acknowledgement),
            plain("keeps-old-methods", () -> Deviation.ofRpc(ModernDeviations::withOldMethods)),
            plain("shrinking-lists", ModernDeviations::shrinkingLists),
            plain("literal-headers", () -> Deviation.ofHttp(ModernDeviations::literally)));

    private ModernDeviations() {}

    /** Knows the modern revision alone, and says so to whoever begins with an older one. */
    private static Response withoutOlder(Request request, HttpHandler healthy, Site site) {
        return request.path().startsWith(HealthySite.STREAMABLE)
                ? new ModernEndpoint(healthy, new ModernServer(site.rpc(), true), true).handle(request)
                : healthy.handle(request);
    }

    /** Takes one header for right, whatever it says, or where it is missing. */
    private static Deviation overlooksHeader(String header) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Json message = request.json();
            Json params = message.get("params");
            if (!ModernServer.isOf(message)) {
                return healthy.handle(request);
            }
            String right =
                    switch (header) {
                        case ModernEndpoint.METHOD -> message.get("method").text();
                        case ModernEndpoint.NAME ->
                            params.get("uri").isString()
                                    ? params.get("uri").text()
                                    : params.get("name").text();
                        default ->
                            params.get("_meta")
                                    .get(ModernServer.PREFIX + "protocolVersion")
                                    .text();
                    };
            return healthy.handle(right.isEmpty() ? request : request.with(header, right));
        });
    }

    /** Adds what a request does not say of itself: the {@code protocolVersion}, the {@code clientCapabilities}, or all of it. */
    private static Deviation overlooksMetadata(String what) {
        List<String> members =
                switch (Parameter.oneOf(
                        Json.of(what), "protocolVersion", "clientCapabilities", "logLevel", "everything")) {
                    case "logLevel" -> List.of();
                    case "everything" -> List.of("protocolVersion", "clientCapabilities");
                    default -> List.of(what);
                };
        return Deviation.ofRpc(healthy -> call -> {
            boolean bare =
                    call.params().get("_meta").names().stream().noneMatch(name -> name.startsWith(ModernServer.PREFIX));
            if (!call.isRequest() || bare != what.equals("everything")) {
                return healthy.answer(call);
            }
            Json meta = call.params().get("_meta");
            for (String member : members) {
                String name = ModernServer.PREFIX + member;
                Json value = member.equals("protocolVersion") ? Json.of(ModernServer.VERSION) : Json.object();
                meta = meta.get(name).isMissing() || member.equals("protocolVersion") ? meta.with(name, value) : meta;
            }
            meta = what.equals("logLevel") ? meta.without(ModernServer.PREFIX + what) : meta;
            Json params = call.params().isObject() ? call.params() : Json.object();
            return healthy.answer(call.with(call.message().with("params", params.with("_meta", meta))));
        });
    }

    /** Answers what earlier revisions had, by an empty result. */
    private static Rpc withOldMethods(Rpc healthy) {
        return call -> ModernServer.isOf(call.message()) && ModernServer.isRemoved(call.method())
                ? Rpc.result(call.id(), Json.object("resultType", "complete"))
                : healthy.answer(call);
    }

    /** A list has one item less as soon as it was asked for once. */
    private static Deviation shrinkingLists() {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        return Deviation.ofRpc(healthy -> call -> {
            Json answer = healthy.answer(call);
            Json result = answer.get("result");
            String member = call.method().replace("/list", "");
            boolean again = !asked.add(call.method() + call.params().get("cursor"));
            Json items = result.get(member);
            return again && items.size() > 0
                    ? answer.with(
                            "result", result.with(member, Json.of(items.items().subList(1, items.size()))))
                    : answer;
        });
    }

    /** Knows its headers only as it writes them itself. */
    private static Response literally(Request request, HttpHandler healthy, Site site) {
        boolean otherwise = request.headers().has(ModernEndpoint.METHOD)
                && request.headers().fields().stream()
                        .noneMatch(field -> field.name().equals(ModernEndpoint.METHOD));
        return healthy.handle(otherwise ? request.without(ModernEndpoint.METHOD) : request);
    }

    /** Changes the first message of a subscription. */
    private static Deviation acknowledgement(Json parameter) {
        Parameter.only(parameter, Patch.MEMBERS);
        Patch patch = Patch.of(parameter);
        return Deviation.ofRpc(healthy -> call -> {
            Json answer = healthy.answer(call);
            return call.method().equals(ModernServer.LISTEN)
                            && answer.get("method").isPresent()
                    ? patch.apply(answer)
                    : answer;
        });
    }
}
