package dev.mcppreflight.conformance.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An immutable JSON value, or the absence of one. Looking into a value never fails: a member that is not there is
 * {@link #MISSING}, and so is every member of that, so that what a server left out can be asked for without guards.
 */
public final class Json {

    /** The absence of a value; different from JSON {@code null}. */
    public static final Json MISSING = new Json(new Object());

    /** JSON {@code null}. */
    public static final Json NULL = new Json(null);

    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    /**
     * Reads exactly one JSON value (RFC 8259).
     *
     * @throws MalformedJson when the text is not JSON, nests deeper than 200 levels, or goes on after the value
     */
    public static Json parse(String text) {
        return new Json(JsonCodec.read(text));
    }

    /** Like {@link #parse} but answers {@link #MISSING} where the text is null or not JSON. */
    public static Json parseOrMissing(String text) {
        if (text == null || text.isBlank()) {
            return MISSING;
        }
        try {
            return parse(text);
        } catch (MalformedJson e) {
            return MISSING;
        }
    }

    /** Whether the text begins as JSON and ends in the middle of it. */
    public static boolean isCut(String text) {
        return JsonCodec.isCut(text);
    }

    /** Wraps a tree of maps, collections, strings, numbers, booleans, nulls and {@code Json} values. */
    public static Json of(Object tree) {
        return tree instanceof Json json ? json : new Json(plain(tree));
    }

    /** An object of the given names and values, in this order: {@code object("id", 1, "method", "ping")}. */
    public static Json object(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], plain(namesAndValues[i + 1]));
        }
        return new Json(members);
    }

    /** An array of the given values. */
    public static Json array(Object... values) {
        List<Object> items = new ArrayList<>();
        for (Object item : values) {
            items.add(plain(item));
        }
        return new Json(items);
    }

    /** This object with one member set or replaced; on anything but an object, an object of that one member. */
    public Json with(String name, Object member) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> members.put((String) k, v));
        }
        members.put(name, plain(member));
        return new Json(members);
    }

    /** This object without one member. */
    public Json without(String name) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> members.put((String) k, v));
        }
        members.remove(name);
        return new Json(members);
    }

    /** The member of an object, or {@link #MISSING}. */
    public Json get(String name) {
        return value instanceof Map<?, ?> map && map.containsKey(name) ? new Json(map.get(name)) : MISSING;
    }

    /** The element of an array, or {@link #MISSING}. */
    public Json at(int index) {
        return value instanceof List<?> list && index >= 0 && index < list.size() ? new Json(list.get(index)) : MISSING;
    }

    /** The elements of an array; empty for anything else. */
    public List<Json> items() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** The member names of an object in their order; empty for anything else. */
    public Set<String> names() {
        if (!(value instanceof Map<?, ?> map)) {
            return Set.of();
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        map.keySet().forEach(key -> ordered.put((String) key, key));
        return ordered.keySet();
    }

    /** This value and every value inside it, parents first. */
    public Stream<Json> walk() {
        Stream<Json> below = isObject() ? names().stream().map(this::get) : items().stream();
        return Stream.concat(Stream.of(this), below.flatMap(Json::walk));
    }

    public boolean isMissing() {
        return this == MISSING || value == MISSING.value;
    }

    public boolean isPresent() {
        return !isMissing();
    }

    public boolean isNull() {
        return value == null;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    public boolean isString() {
        return value instanceof String;
    }

    public boolean isBoolean() {
        return value instanceof Boolean;
    }

    public boolean isNumber() {
        return value instanceof Number;
    }

    /** Whether this is a number without fraction. */
    public boolean isInteger() {
        return value instanceof Long || value instanceof BigInteger;
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** The string itself, or the empty string for anything that is not a string. */
    public String text() {
        return value instanceof String string ? string : "";
    }

    /** The number, or the given one for anything that is not a number. */
    public long number(long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    /** How many members or elements; 0 for anything but objects and arrays. */
    public int size() {
        return value instanceof Map<?, ?> map ? map.size() : value instanceof Collection<?> list ? list.size() : 0;
    }

    /** The JSON type in words: object, array, string, number, boolean, null, or nothing. */
    public String type() {
        if (isMissing()) {
            return "nothing";
        }
        return isObject()
                ? "object"
                : isArray()
                        ? "array"
                        : isString() ? "string" : isNumber() ? "number" : isBoolean() ? "boolean" : "null";
    }

    /** The tree as maps, lists, strings, numbers, booleans and nulls; null for {@link #MISSING}. */
    public Object tree() {
        return isMissing() ? null : value;
    }

    /** Indented by two spaces. */
    public String pretty() {
        return JsonCodec.of(value, true);
    }

    /** Compact JSON text; the empty string for {@link #MISSING}. */
    @Override
    public String toString() {
        return isMissing() ? "" : JsonCodec.of(value, false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Objects.equals(value, json.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    private static Object plain(Object tree) {
        if (tree instanceof Json json) {
            return json.tree();
        }
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), plain(member)));
            return members;
        }
        if (tree instanceof Collection<?> collection) {
            List<Object> items = new ArrayList<>();
            collection.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (tree instanceof Integer || tree instanceof Short || tree instanceof Byte) {
            return ((Number) tree).longValue();
        }
        if (tree instanceof Double || tree instanceof Float) {
            return BigDecimal.valueOf(((Number) tree).doubleValue());
        }
        if (tree == null
                || tree instanceof String
                || tree instanceof Boolean
                || tree instanceof Long
                || tree instanceof BigInteger
                || tree instanceof BigDecimal) {
            return tree;
        }
        return String.valueOf(tree);
    }

    /** The text is not one JSON value; the message says where and why. */
    public static final class MalformedJson extends RuntimeException {
        MalformedJson(String message) {
            super(message);
        }
    }
}
