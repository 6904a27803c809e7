package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The result of a list method: everything at once, or page by page under an opaque cursor. */
public final class Page {

    private static final int SIZE = 2;

    private Page() {}

    /** All items; no cursor is ever given out, so every cursor is a wrong one. */
    static Json whole(String member, List<Json> items, Json params) {
        return of(member, items, params, Integer.MAX_VALUE);
    }

    static Json of(String member, List<Json> items, Json params) {
        return of(member, items, params, SIZE);
    }

    public static Json of(String member, List<Json> items, Json params, int size) {
        int from = 0;
        Json cursor = params.get("cursor");
        if (cursor.isPresent()) {
            while (from < items.size() && !cursor(from).equals(cursor.text())) {
                from += Math.min(size, items.size());
            }
            if (from == 0 || from >= items.size()) {
                throw new RpcError(RpcError.INVALID_PARAMS, "Unknown cursor");
            }
        }
        int to = (int) Math.min(items.size(), (long) from + size);
        Json page = Json.object(member, items.subList(from, to));
        return to < items.size() ? page.with("nextCursor", cursor(to)) : page;
    }

    private static String cursor(int from) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from:" + from).getBytes(StandardCharsets.UTF_8));
    }
}
