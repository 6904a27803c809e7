package dev.mcppreflight.server.tools;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
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

    /** Returns an optional list of texts. */
    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** Returns an optional date, or null. */
    LocalDate date(String name) {
        String text = textOrNull(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new ToolFailure("invalid_arguments", "'" + name + "' is not a date.", "Write it as in 2024-03-14.");
        }
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
