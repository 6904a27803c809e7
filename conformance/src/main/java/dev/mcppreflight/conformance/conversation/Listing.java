package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;

/**
 * A list of the target, all pages together.
 *
 * @param kind what is listed
 * @param pages the replies, one a page
 * @param items the items of all pages, in order
 * @param problem why reading stopped before the end, empty when it did not
 */
public record Listing(Kind kind, List<Reply> pages, List<Json> items, String problem) {

    /** What a server can list. */
    public enum Kind {
        TOOLS("tools", "tools/list", "tools", "tools", Purpose.LIST_TOOLS),
        RESOURCES("resources", "resources/list", "resources", "resources", Purpose.LIST_RESOURCES),
        TEMPLATES(
                "resource templates",
                "resources/templates/list",
                "resourceTemplates",
                "resources",
                Purpose.LIST_TEMPLATES),
        PROMPTS("prompts", "prompts/list", "prompts", "prompts", Purpose.LIST_PROMPTS);

        private final String words;
        private final String method;
        private final String member;
        private final String capability;
        private final String purpose;

        Kind(String words, String method, String member, String capability, String purpose) {
            this.words = words;
            this.method = method;
            this.member = member;
            this.capability = capability;
            this.purpose = purpose;
        }

        /** As scenarios say it. */
        public String words() {
            return words;
        }

        String method() {
            return method;
        }

        String member() {
            return member;
        }

        String capability() {
            return capability;
        }

        String purpose() {
            return purpose;
        }
    }

    /** The name of an item for people. */
    static String nameOf(Json item) {
        String name = item.get("name").text();
        return name.isEmpty() ? item.get("uri").text() : name;
    }
}
