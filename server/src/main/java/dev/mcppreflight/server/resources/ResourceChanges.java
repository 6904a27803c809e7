package dev.mcppreflight.server.resources;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Change;

/** Tells clients of documents that come, change and go (server/resources, "List Changed Notification", "Subscriptions"). */
public final class ResourceChanges {

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
            audience.tell(Change.RESOURCES);
        }
        audience.tell(Change.of(DocumentResources.SCHEME + id));
        audience.tell(Change.of(DocumentResources.STATS));
    }
}
