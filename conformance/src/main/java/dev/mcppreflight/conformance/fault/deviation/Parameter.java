package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import java.util.Set;
import java.util.TreeSet;

/** Checks what stands in a fault's file, so that a slip of the pen is found when it is read. */
public final class Parameter {

    private Parameter() {}

    /** @throws IllegalArgumentException where the object has another member */
    public static void only(Json object, Set<String> known) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected members " + new TreeSet<>(known) + ", found " + object.type());
        }
        for (String name : object.names()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown member " + name + "; known are " + new TreeSet<>(known));
            }
        }
    }

    /** One of the given words. */
    static String oneOf(Json parameter, String... words) {
        if (!Set.of(words).contains(parameter.text())) {
            throw new IllegalArgumentException(parameter + " is none of " + new TreeSet<>(Set.of(words)));
        }
        return parameter.text();
    }

    /** A string that is not empty. */
    static String text(Json parameter) {
        if (parameter.text().isEmpty()) {
            throw new IllegalArgumentException("expected a text, found " + parameter.type());
        }
        return parameter.text();
    }

    /** A number. */
    static int number(Json parameter) {
        if (!parameter.isInteger()) {
            throw new IllegalArgumentException("expected a number, found " + parameter.type());
        }
        return (int) parameter.number(0);
    }
}
