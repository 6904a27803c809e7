package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** JSON as another serializer writes it: its members in another order, blanks between them, letters escaped. */
record Restyled(long seed, boolean spaced, boolean ascii) {

    /** The same value in this style; text that is no JSON, or that is written oddly on purpose, stays as it is. */
    String text(String original) {
        Json value = Json.parseOrMissing(original);
        boolean plain = (value.isObject() || value.isArray())
                && value.toString().length() == original.strip().length();
        return plain ? write(value, new Random(seed + original.length())) : original;
    }

    private String write(Json value, Random random) {
        if (value.isArray()) {
            return "[" + value.items().stream().map(item -> write(item, random)).collect(Collectors.joining(comma()))
                    + "]";
        }
        if (value.isObject()) {
            List<String> names = new ArrayList<>(value.names());
            Collections.shuffle(names, random);
            return "{"
                    + names.stream()
                            .map(name -> write(Json.of(name), random)
                                    + (spaced ? ": " : ":")
                                    + write(value.get(name), random))
                            .collect(Collectors.joining(comma()))
                    + "}";
        }
        return ascii ? escaped(value.toString()) : value.toString();
    }

    private String comma() {
        return spaced ? ", " : ",";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char character : text.toCharArray()) {
            escaped.append(character < 0x7F ? String.valueOf(character) : String.format("\\u%04x", (int) character));
        }
        return escaped.toString();
    }
}
