package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.authorization.Guard;
import dev.mcppreflight.conformance.fault.authorization.Tokens;
import dev.mcppreflight.conformance.fault.http.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A pair of tools beside the others: {@code open_basket} gives a handle, {@code add_to_basket} takes it. They are played by the
 * tool {@code echo}, so that everything but the handles is that of the healthy server.
 */
final class HandleDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.of(
            "handles",
            parameter -> handles(Parameter.oneOf(parameter, "bound", "counted", "for-everybody", "instead-of-tokens")));

    private static final String GIVE = "open_basket";
    private static final String USE = "add_to_basket";

    private HandleDeviations() {}

    private static Deviation handles(String kind) {
        Map<String, String> owners = new ConcurrentHashMap<>();
        AtomicInteger count = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            Json params = request.json().get("params");
            String tool = params.get("name").text();
            String caller =
                    Tokens.part(Guard.bearer(request).orElse(""), 1).get("sub").text();
            if (!request.rpcMethod().equals("tools/call") || !tool.equals(GIVE) && !tool.equals(USE)) {
                return healthy.handle(request);
            }
            if (tool.equals(GIVE)) {
                String handle = kind.equals("counted")
                        ? "basket-of-the-shop-" + count.incrementAndGet()
                        : java.util.UUID.randomUUID().toString();
                owners.put(handle, caller);
                return healthy.handle(echo(request, Json.object("text", handle)));
            }
            String owner = owners.get(params.get("arguments").get("basket").text());
            boolean served = owner != null && (kind.equals("for-everybody") || owner.equals(caller));
            boolean blind = kind.equals("instead-of-tokens") && owner != null && caller.isEmpty();
            Request asked = blind
                    ? request.with(
                            "Authorization", "Bearer " + site.credential().orElse(""))
                    : request;
            return healthy.handle(echo(asked, served || blind ? Json.object("text", "added") : Json.object()));
        });
    }

    /** The same as a call of echo, which answers a call without a text by an error. */
    private static Request echo(Request request, Json arguments) {
        Json message = request.json();
        Json params = message.get("params").with("name", "echo").with("arguments", arguments);
        Request changed = request.headers().has("Mcp-Name") ? request.with("Mcp-Name", "echo") : request;
        return changed.saying(message.with("params", params).toString());
    }
}
