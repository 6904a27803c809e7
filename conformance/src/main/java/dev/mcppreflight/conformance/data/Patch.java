package dev.mcppreflight.conformance.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes to a JSON value as a fault's file gives them: {@code set} maps paths such as {@code tools.0.name} to new
 * values, {@code remove} lists paths.
 */
public record Patch(Json set, Json remove) {

    public static final Set<String> MEMBERS = Set.of("set", "remove");

    public static Patch of(Json parameter) {
        return new Patch(parameter.get("set"), parameter.get("remove"));
    }

    public Json apply(Json value) {
        Json patched = value;
        for (String path : set.names()) {
            patched = change(patched, steps(path), set.get(path));
        }
        for (Json path : remove.items()) {
            patched = change(patched, steps(path.text()), Json.MISSING);
        }
        return patched;
    }

    /** Puts a value at the end of a path; {@link Json#MISSING} takes away what is there. */
    private static Json change(Json in, List<String> path, Json to) {
        if (path.isEmpty()) {
            return to;
        }
        List<String> rest = path.subList(1, path.size());
        if (in.isArray()) {
            List<Json> items = new ArrayList<>(in.items());
            int index = Integer.parseInt(path.get(0));
            if (index < items.size()) {
                items.set(index, change(items.get(index), rest, to));
                items.removeIf(Json::isMissing);
            }
            return Json.of(items);
        }
        Json changed = change(in.get(path.get(0)), rest, to);
        return changed.isMissing() ? in.without(path.get(0)) : in.with(path.get(0), changed);
    }

    private static List<String> steps(String path) {
        return List.of(path.split("\\."));
    }
}
