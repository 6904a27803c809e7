package dev.mcppreflight.conformance.signin;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values as a form or a query carries them. Immutable. */
record Parameters(Map<String, String> values) {

    static final Parameters NONE = new Parameters(Map.of());

    Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Parameters of(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded == null ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    /** The value of that name; empty for none. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** One more, in place of the one of that name; an empty value takes it away. */
    Parameters with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.remove(name);
        if (value != null && !value.isEmpty()) {
            changed.put(name, value);
        }
        return new Parameters(changed);
    }

    /** The address with these behind whatever its query holds already. */
    URI on(String address) {
        String separator = address.contains("?") ? "&" : "?";
        return URI.create(address + separator + encoded());
    }

    /** As the body of a form. */
    String encoded() {
        return values.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
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
