package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is reported about a server: the ids of failed checks, of blockers and of major causes.
 *
 * @param title the server, its version and how it is spoken to
 * @param verdict the word for the whole run
 * @param findings what is truly wrong with it
 */
record Baseline(String title, String verdict, Set<String> findings) {

    static final Path FOLDER = Path.of("..", "fixtures", "innocents");

    /** The baseline of that name; every entry in it needs a proof and a place to read it up. */
    static Baseline load(String name) {
        Path file = FOLDER.resolve(name + ".yaml");
        try {
            Json yaml = Yaml.parse(Files.readString(file), file.toString());
            return new Baseline(
                    yaml.get("title").text(), yaml.get("verdict").text(), proven(yaml.get("findings"), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> proven(Json entries, Path file) {
        Set<String> ids = new TreeSet<>();
        for (Json entry : entries.items()) {
            String id = entry.get("id").text();
            boolean proven = !entry.get("proof").text().isBlank()
                    && entry.get("source").text().startsWith("https://");
            if (id.isBlank() || !proven) {
                throw new IllegalStateException(file + ": every entry has an id, a proof and a source");
            }
            ids.add(id);
        }
        return ids;
    }
}
