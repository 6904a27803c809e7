package dev.mcppreflight.conformance.catalogue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a YAML file that is one list of rows, each beginning with its id. A row is read when it is asked for: reading
 * all of them costs a short-lived program more time than its checks of a dead server.
 */
final class Rows {

    private static final Pattern START = Pattern.compile("(?m)^ *- id: (\\S+)$");

    private final String path;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Json> read = new ConcurrentHashMap<>();

    /** @param path as {@link Resources#text} takes it */
    Rows(String path) {
        this.path = path;
        String text = Resources.text(path);
        Matcher start = START.matcher(text);
        String id = null;
        int from = 0;
        while (start.find()) {
            if (id != null) {
                texts.put(id, text.substring(from, start.start()));
            }
            id = start.group(1);
            from = start.start();
        }
        if (id != null) {
            texts.put(id, text.substring(from));
        }
    }

    /** All ids in the order of the file. */
    Set<String> ids() {
        return texts.keySet();
    }

    Optional<Json> row(String id) {
        return texts.containsKey(id)
                ? Optional.of(read.computeIfAbsent(id, key -> Yaml.parse(texts.get(key), path + ", row " + key)
                        .at(0)))
                : Optional.empty();
    }
}
