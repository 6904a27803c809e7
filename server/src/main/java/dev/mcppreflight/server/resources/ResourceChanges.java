package dev.mcppreflight.server.resources;

import dev.mcppreflight.server.protocol.Audience;
import java.util.Map;

/** Tells clients of documents that come, change and go (server/resources, "List Changed Notification", "Subscriptions"). */
public final class ResourceChanges {

    private static final String LIST_CHANGED = "notifications/resources/list_changed";
    private static final String UPDATED = "notifications/resources/updated";

    private final Audience audience;

    /** Creates what tells this audience. */
    public ResourceChanges(Audience audience) {
        this.audience = audience;
    }

    /**
     * Tells of a change.
     *
     * @param id the document
     * @param listed whether it is new or gone
     */
    public void tell(String id, boolean listed) {
        if (listed) {
            audience.tell(LIST_CHANGED, null, peer -> true);
        }
        updated(DocumentResources.SCHEME + id);
        updated(DocumentResources.STATS);
    }

    private void updated(String uri) {
        audience.tell(UPDATED, Map.of("uri", uri), peer -> peer.isSubscribed(uri));
    }
}
