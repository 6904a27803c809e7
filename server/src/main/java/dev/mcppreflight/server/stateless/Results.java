package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds to results what each of them says since 2026-07-28: its type, who answers, and how long it may be kept. */
final class Results {

    private final JsonCodec json;
    private final Map<String, Object> meta;
    private final String complete;

    Results(Identity identity, JsonCodec json) {
        this.json = json;
        this.meta = Map.of(MetaKeys.SERVER_INFO, identity.info());
        this.complete = inside(Map.of("resultType", "complete")) + "," + inside(Map.of("_meta", meta));
    }

    /** Returns the result of this method with what goes before; it is written once, and never taken apart. */
    RawJson complete(String method, Object result) {
        Freshness freshness = Freshness.of(method);
        String cached = freshness == null
                ? ""
                : ",\"ttlMs\":" + freshness.millis() + ",\"cacheScope\":\"" + freshness.scope() + "\"";
        String own = inside(result);
        return new RawJson("{" + complete + cached + (own.isEmpty() ? "" : "," + own) + "}");
    }

    /** Returns the result that asks for input before there is another. */
    Object inputRequired(InputNeeded needed) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("resultType", "input_required");
        result.put("_meta", meta);
        result.put("inputRequests", needed.requests());
        result.put("requestState", needed.state());
        return result;
    }

    /** Returns the result with which a subscription ends. */
    Object ended(Object subscription) {
        Map<String, Object> tagged = new LinkedHashMap<>(meta);
        tagged.put(MetaKeys.SUBSCRIPTION, subscription);
        return Map.of("resultType", "complete", "_meta", tagged);
    }

    private String inside(Object object) {
        String text = json.writeText(object);
        return text.substring(1, text.length() - 1);
    }
}
