package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Change;
import dev.mcppreflight.server.protocol.RpcException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a subscription is about.
 *
 * @param lists the lists, by the names of their capabilities
 * @param resources the URIs of single resources
 */
record Filter(Set<String> lists, Set<String> resources) {

    private static final int MOST_RESOURCES = 1000;

    /** A server keeps what a subscription names for as long as it is open. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final String RESOURCES = "resourceSubscriptions";
    private static final Map<String, Change> LISTS =
            Map.of("tools", Change.TOOLS, "prompts", Change.PROMPTS, "resources", Change.RESOURCES);

    Filter {
        lists = Set.copyOf(lists);
        resources = Set.copyOf(resources);
    }

    /**
     * Reads what a client wants, and keeps what a server with these capabilities can tell.
     *
     * @throws RpcException when it cannot be read
     */
    static Filter of(Map<?, ?> params, Map<String, Map<String, Object>> capabilities) {
        if (!(params.get("notifications") instanceof Map<?, ?> wanted)) {
            throw RpcException.invalidParams("subscriptions/listen needs notifications, an object");
        }
        Set<String> lists = new LinkedHashSet<>();
        for (String list : LISTS.keySet()) {
            Object flag = wanted.get(list + "ListChanged");
            if (flag != null && !(flag instanceof Boolean)) {
                throw RpcException.invalidParams(list + "ListChanged must be true or false");
            }
            if (Boolean.TRUE.equals(flag) && declares(capabilities, list, "listChanged")) {
                lists.add(list);
            }
        }
        Set<String> resources = resources(wanted.get(RESOURCES));
        return new Filter(lists, declares(capabilities, "resources", "subscribe") ? resources : Set.of());
    }

    private static Set<String> resources(Object wanted) {
        if (wanted == null) {
            return Set.of();
        }
        if (!(wanted instanceof List<?> uris)
                || uris.size() > MOST_RESOURCES
                || !uris.stream().allMatch(String.class::isInstance)) {
            throw RpcException.invalidParams(RESOURCES + " must be a list of at most " + MOST_RESOURCES + " URIs");
        }
        Set<String> resources = new LinkedHashSet<>();
        uris.forEach(uri -> resources.add((String) uri));
        if (resources.stream().mapToLong(String::length).sum() > MOST_CHARACTERS) {
            throw RpcException.invalidParams(RESOURCES + " may have " + MOST_CHARACTERS + " characters in all");
        }
        return resources;
    }

    private static boolean declares(Map<String, Map<String, Object>> capabilities, String name, String member) {
        return Boolean.TRUE.equals(capabilities.getOrDefault(name, Map.of()).get(member));
    }

    /** Tells whether it lets this change through. */
    boolean lets(Change change) {
        return change.uri() == null
                ? lists.stream().anyMatch(list -> LISTS.get(list).equals(change))
                : resources.contains(change.uri());
    }

    /** Returns it in the form in which clients send it. */
    Map<String, Object> toJson() {
        Map<String, Object> honoured = new LinkedHashMap<>();
        lists.stream().sorted().forEach(list -> honoured.put(list + "ListChanged", true));
        if (!resources.isEmpty()) {
            honoured.put(RESOURCES, resources);
        }
        return honoured;
    }
}
