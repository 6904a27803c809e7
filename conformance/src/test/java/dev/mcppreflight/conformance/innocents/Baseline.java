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
 * @param notReady the clients that it is truly not ready for, each with the reason after a blank
 * @param passed how many checks it has to pass at least, so that silence is no praise
 */
record Baseline(String title, String verdict, Set<String> findings, Set<String> notReady, int passed) {

    private static final int ENOUGH_PASSED = 60;

    static final Path FOLDER = Path.of("..", "fixtures", "innocents");

    /** The baseline of that name; every entry in it needs a proof and a place to read it up. */
    static Baseline load(String name) {
        Path file = FOLDER.resolve(name + ".yaml");
        try {
            Json yaml = Yaml.parse(Files.readString(file), file.toString());
            Json passed = yaml.get("passed");
            return new Baseline(
                    yaml.get("title").text(),
                    yaml.get("verdict").text(),
                    proven(yaml.get("findings"), "id", file),
                    proven(yaml.get("not-ready"), "client", file),
                    passed.isMissing() ? ENOUGH_PASSED : Integer.parseInt(passed.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> proven(Json entries, String member, Path file) {
        Set<String> ids = new TreeSet<>();
        for (Json entry : entries.items()) {
            String id = entry.get(member).text();
            boolean proven = !entry.get("proof").text().isBlank()
                    && entry.get("source").text().startsWith("https://");
            if (id.isBlank() || !proven) {
                throw new IllegalStateException(file + ": every entry has its " + member + ", a proof and a source");
            }
            Json cause = entry.get("cause");
            ids.add(cause.isMissing() ? id : id + " " + cause.text());
        }
        return ids;
    }
}
