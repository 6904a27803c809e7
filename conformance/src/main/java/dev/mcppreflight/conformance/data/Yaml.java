package dev.mcppreflight.conformance.data;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML 1.2 documents of the catalogue and of the faults into {@link Json} values. */
public final class Yaml {

    private Yaml() {}

    /**
     * Reads one document.
     *
     * @param name what to call the document in an error message
     * @throws IllegalArgumentException when it is not YAML, naming the document and the place
     */
    public static Json parse(String text, String name) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setCodePointLimit(16 * 1024 * 1024)
                    .build();
            return Json.of(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(name + " is not YAML: " + e.getMessage(), e);
        }
    }
}
