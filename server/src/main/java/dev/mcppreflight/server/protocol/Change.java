package dev.mcppreflight.server.protocol;

import java.util.Map;

/**
 * Something that clients may want to hear of.
 *
 * @param method the notification that tells of it
 * @param uri the resource that has changed, or null for a list
 */
public record Change(String method, String uri) {

    /** Tools have come or gone. */
    public static final Change TOOLS = new Change("notifications/tools/list_changed", null);

    /** Prompts have come or gone. */
    public static final Change PROMPTS = new Change("notifications/prompts/list_changed", null);

    /** Resources have come or gone. */
    public static final Change RESOURCES = new Change("notifications/resources/list_changed", null);

    /** Returns the change of this resource. */
    public static Change of(String uri) {
        return new Change("notifications/resources/updated", uri);
    }

    /** Returns the parameters of the notification; none for a list. */
    public Map<String, Object> params() {
        return uri == null ? Map.of() : Map.of("uri", uri);
    }
}
