package dev.mcppreflight.server.resources;

import dev.mcppreflight.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Cursors of lists (server/utilities/pagination): opaque to clients, and nothing to remember for the server. */
final class Cursors {

    private static final String PREFIX = "resource:";

    private Cursors() {}

    /** Returns the cursor of the page behind this id. */
    static String behind(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((PREFIX + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the id behind which the page begins, or null for the first page; refuses cursors of others. */
    static String start(Map<?, ?> params) {
        Object cursor = params.get("cursor");
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode((String) cursor), StandardCharsets.UTF_8);
            if (text.startsWith(PREFIX)) {
                return text.substring(PREFIX.length());
            }
        } catch (IllegalArgumentException | ClassCastException e) {
            // Said below.
        }
        throw RpcException.invalidParams("unknown cursor");
    }

    /** Refuses every cursor of a list that fits one page. */
    static void refuseAny(Map<?, ?> params) {
        if (params.get("cursor") != null) {
            throw RpcException.invalidParams("unknown cursor");
        }
    }
}
