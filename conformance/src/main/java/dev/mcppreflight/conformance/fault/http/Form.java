package dev.mcppreflight.conformance.fault.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values as a form or a query carries them; of a name that stands twice the first value counts. */
public record Form(Map<String, String> values) {

    public Form {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Form parse(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Form(values);
    }

    /** The value of that name; empty for none. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** One more pair, unless the value is empty. */
    public Form with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        if (!value.isEmpty()) {
            more.put(name, value);
        }
        return new Form(more);
    }

    /** The address with these pairs at the end of its query. */
    public String on(String address) {
        StringBuilder full = new StringBuilder(address);
        values.forEach((name, value) -> full.append(full.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return full.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
