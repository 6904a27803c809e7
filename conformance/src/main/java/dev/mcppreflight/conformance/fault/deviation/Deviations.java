package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All deviations by the names that faults call them by. The set is closed. A new one is an entry in the list of its
 * area: a name, and how its parameter becomes a {@link Deviation}.
 */
public final class Deviations {

    private static final Map<String, Function<Json, Deviation>> ALL = collect(List.of(
            ReachDeviations.ALL,
            HttpDeviations.ALL,
            AccessDeviations.ALL,
            SignInDeviations.ALL,
            AuthorizationDeviations.ALL,
            ClientDocumentDeviations.ALL,
            ProxyDeviations.ALL,
            HandleDeviations.ALL,
            StreamDeviations.ALL,
            MessageDeviations.ALL,
            ModernDeviations.ALL,
            StdioDeviations.ALL));

    private Deviations() {}

    /** The names that a fault may use. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * A fresh deviation for one run of a server.
     *
     * @param named the names of deviations, each with its parameter
     * @throws IllegalArgumentException where a name or a parameter is not one that is known
     */
    public static Deviation of(Map<String, Json> named) {
        return Deviation.all(named.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Deviation of(String name, Json parameter) {
        if (!ALL.containsKey(name)) {
            throw new IllegalArgumentException("unknown deviation " + name + "; known are " + new TreeSet<>(names()));
        }
        try {
            return ALL.get(name).apply(parameter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("deviation " + name + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Function<Json, Deviation>> collect(List<Map<String, Function<Json, Deviation>>> areas) {
        Map<String, Function<Json, Deviation>> all = new TreeMap<>();
        areas.stream().flatMap(area -> area.entrySet().stream()).forEach(entry -> {
            if (all.put(entry.getKey(), entry.getValue()) != null) {
                throw new IllegalStateException("two deviations are called " + entry.getKey());
            }
        });
        return Map.copyOf(all);
    }

    /** One deviation of an area. */
    static Map.Entry<String, Function<Json, Deviation>> entry(String name, Function<Json, Deviation> make) {
        return Map.entry(name, make);
    }

    /** One deviation of an area that takes no parameter but {@code true}. */
    static Map.Entry<String, Function<Json, Deviation>> plain(String name, Supplier<Deviation> make) {
        return Map.entry(name, parameter -> {
            if (!parameter.isTrue()) {
                throw new IllegalArgumentException("expected true, found " + parameter);
            }
            return make.get();
        });
    }

    /** Whether a value is, as a whole, what a regular expression says; none says yes to everything. */
    static boolean matches(Json pattern, String value) {
        return pattern.isMissing() || value.matches(pattern.text());
    }
}
