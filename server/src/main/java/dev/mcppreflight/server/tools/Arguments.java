package dev.mcppreflight.server.tools;

import java.util.Map;

/**
 * The arguments of a call, already checked against the input schema.
 *
 * @param values the values by name
 */
record Arguments(Map<String, Object> values) {

    /** Returns a required text without leading and trailing white space. */
    String text(String name) {
        return ((String) values.get(name)).strip();
    }

    /** Returns an optional text, or null. */
    String textOrNull(String name) {
        return (String) values.get(name);
    }

    /** Returns an optional whole number. */
    int integer(String name, int otherwise) {
        return values.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Returns an optional switch, off when absent. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** Returns an optional number. */
    double number(String name, double otherwise) {
        return values.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
