package dev.mcppreflight.server.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise of the table in {@code features/reference/README.md} has a proof that is there, or a reason. */
class PromisesTest {

    private static final Path FOLDER = Path.of(ReferenceTest.FEATURES);
    private static final Pattern ROW = Pattern.compile("\\| ([STB]-\\d+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("(\\w+)\\.(\\w+)");

    @Test
    void everyRowIsThereOnce() throws IOException {
        List<String> expected = Stream.of(ids("S-%03d", 81), ids("T-%02d", 20), ids("B-%02d", 32))
                .flatMap(List::stream)
                .toList();
        assertEquals(expected, List.copyOf(rows().keySet()));
    }

    @Test
    void everyProofIsThere() throws IOException {
        Set<String> checks = Preflight.checks().stream().map(Check::id).collect(Collectors.toSet());
        Catalogue catalogue = new Catalogue();
        String scenarios = read(FOLDER, ".feature");
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        rows().forEach((row, proof) -> {
            if (proof.startsWith("- ")) {
                assertTrue(proof.length() > 10, () -> row + " has no reason");
                return;
            }
            for (String part : proof.split(" ")) {
                Matcher test = TEST.matcher(part);
                boolean there = part.startsWith("@")
                        ? Pattern.compile(part + "\\b").matcher(scenarios).find()
                        : test.matches()
                                ? tests.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")
                                : checks.contains(part) || catalogue.cause(part).isPresent();
                if (!there) {
                    missing.add(row + ": " + part);
                }
            }
        });
        assertEquals(List.of(), missing);
    }

    private static List<String> ids(String form, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(form::formatted).toList();
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertEquals(null, rows.put(row.group(1), row.group(3).trim()), () -> row.group(1) + " stands twice");
            }
        }
        return rows;
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String module : List.of("server", "conformance")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static String read(Path folder, String suffix) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(suffix)).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
