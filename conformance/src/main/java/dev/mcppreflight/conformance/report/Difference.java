package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed from one report to another, read from their JSON forms.
 *
 * @param before the verdict of the old one
 * @param after the verdict of the new one
 * @param broken what is worse
 * @param mended what is better
 * @param changed what is otherwise, such as a check that could not be tried any more
 */
public record Difference(String before, String after, List<Change> broken, List<Change> mended, List<Change> changed) {

    /** Copies the lists. */
    public Difference {
        broken = List.copyOf(broken);
        mended = List.copyOf(mended);
        changed = List.copyOf(changed);
    }

    /**
     * One change.
     *
     * @param kind check, cause or client
     * @param id of the check or cause, or the client's name
     * @param name in words; may be empty
     * @param before what was said of it; empty where it was not there
     * @param after what is said of it now; empty where it is not there
     */
    public record Change(String kind, String id, String name, String before, String after) {}

    /** How bad an outcome or a verdict is; those of one rank differ in kind, not in worth. */
    private static final Map<String, Integer> RANKS = Map.ofEntries(
            Map.entry("PASSED", 0),
            Map.entry("NOT_APPLICABLE", 0),
            Map.entry("NOT_TESTED", 0),
            Map.entry("WARNED", 1),
            Map.entry("BLOCKED", 2),
            Map.entry("HARNESS_ERROR", 0),
            Map.entry("FAILED", 3),
            Map.entry("ready", 0),
            Map.entry("ready-when-public", 0),
            Map.entry("ready-with-warnings", 1),
            Map.entry("not-ready", 2));

    /**
     * Compares two reports.
     *
     * @throws IllegalArgumentException when one of them is no report of this tool
     */
    public static Difference between(Json old, Json now) {
        requireReport(old, "the old one");
        requireReport(now, "the new one");
        List<Change> all = new ArrayList<>();
        compare("cause", causes(old), causes(now), all);
        compare("client", items(old, "clients", "client", "verdict"), items(now, "clients", "client", "verdict"), all);
        compare("check", items(old, "checks", "id", "outcome"), items(now, "checks", "id", "outcome"), all);
        List<Change> broken = new ArrayList<>();
        List<Change> mended = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (Change change : all) {
            int worse = change.kind().equals("cause")
                    ? (change.before().isEmpty() ? 1 : change.after().isEmpty() ? -1 : 0)
                    : worse(change);
            (worse > 0 ? broken : worse < 0 ? mended : changed).add(change);
        }
        return new Difference(old.get("verdict").text(), now.get("verdict").text(), broken, mended, changed);
    }

    /** A check that only one of the reports holds was selected otherwise: nobody knows whether it got worse. */
    private static int worse(Change change) {
        return change.before().isEmpty() || change.after().isEmpty()
                ? 0
                : Integer.compare(RANKS.getOrDefault(change.after(), 0), RANKS.getOrDefault(change.before(), 0));
    }

    /** Value and name of each item, by id. */
    private static Map<String, Item> items(Json report, String list, String id, String value) {
        Map<String, Item> items = new LinkedHashMap<>();
        report.get(list)
                .items()
                .forEach(item -> items.put(
                        item.get(id).text(),
                        new Item(item.get(value).text(), item.get("name").text())));
        return items;
    }

    /** What is merely worth telling breaks nothing. */
    private static Map<String, Item> causes(Json report) {
        Map<String, Item> causes = new LinkedHashMap<>();
        report.get("causes").items().stream()
                .filter(cause -> !cause.get("severity").text().equals("info"))
                .forEach(cause -> causes.put(
                        cause.get("id").text(),
                        new Item(
                                cause.get("severity").text(), cause.get("title").text())));
        return causes;
    }

    private static void compare(String kind, Map<String, Item> old, Map<String, Item> now, List<Change> changes) {
        Set<String> ids = new LinkedHashSet<>(now.keySet());
        ids.addAll(old.keySet());
        for (String id : ids) {
            Item before = old.getOrDefault(id, Item.NONE);
            Item after = now.getOrDefault(id, Item.NONE);
            if (!before.value().equals(after.value())) {
                changes.add(new Change(
                        kind,
                        id,
                        after.name().isEmpty() ? before.name() : after.name(),
                        before.value(),
                        after.value()));
            }
        }
    }

    private record Item(String value, String name) {
        static final Item NONE = new Item("", "");
    }

    private static void requireReport(Json json, String name) {
        if (!json.get("preflight").isString()
                || !json.get("checks").isArray()
                || !json.get("verdict").isString()) {
            throw new IllegalArgumentException(name + " is no JSON report of preflight");
        }
    }
}
