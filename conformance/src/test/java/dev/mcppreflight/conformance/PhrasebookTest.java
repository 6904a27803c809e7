package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.conversation.Answer;
import dev.mcppreflight.conformance.conversation.Caller;
import dev.mcppreflight.conformance.conversation.Crowd;
import dev.mcppreflight.conformance.conversation.Message;
import dev.mcppreflight.conformance.conversation.Quality;
import dev.mcppreflight.conformance.conversation.Reading;
import dev.mcppreflight.conformance.conversation.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of phrases in {@code features/README.md} are true: every phrase, how often it is used, and where. They are
 * written anew with {@code -Dpreflight.golden=write}.
 */
class PhrasebookTest {

    private static final Path FEATURES = Path.of("..", "features");
    private static final Path BOOK = FEATURES.resolve("README.md");

    /** How a step shows the phrase of each kind. */
    private static final Map<String, Pattern> USES = Map.of(
            "trait", Pattern.compile("a target that (.+)"),
            "caller", Pattern.compile("(.+?) sends .+"),
            "message",
                    Pattern.compile(
                            "(?:.+? sends|\\d+ requests at once ask for|two clients send) (.+?)(?: with the same id)?"),
            "crowd", Pattern.compile("a crowd (.+)"),
            "reading", Pattern.compile("a client reads (.+)"),
            "answer", Pattern.compile("it gets (.+)"),
            "quality", Pattern.compile("the list has (.+)"));

    @Test
    void theTablesAreTrue() throws IOException {
        String book = Files.readString(BOOK);
        String written = book;
        for (Map.Entry<String, List<String>> kind : phrases().entrySet()) {
            Pattern table = Pattern.compile("(?s)(## \\{" + kind.getKey() + "}.*?\\|---\\|---\\|---\\|\n).*?(?=\n\n)");
            Matcher section = table.matcher(written);
            assertTrue(section.find(), "no table of {" + kind.getKey() + "}");
            String rows = rows(kind.getKey(), kind.getValue());
            written = written.substring(0, section.end(1)) + rows + written.substring(section.end());
        }
        if ("write".equals(System.getProperty("preflight.golden"))) {
            Files.writeString(BOOK, written);
        } else {
            assertEquals(written, book, "write it anew with -Dpreflight.golden=write");
        }
    }

    private static Map<String, List<String>> phrases() {
        Map<String, List<String>> phrases = new LinkedHashMap<>();
        phrases.put("trait", Trait.phrases());
        phrases.put("caller", Caller.phrases());
        phrases.put("message", Message.phrases());
        phrases.put("reading", Reading.phrases());
        phrases.put("crowd", Crowd.phrases());
        phrases.put("answer", Answer.phrases());
        phrases.put("quality", Quality.phrases());
        return phrases;
    }

    private static String rows(String kind, List<String> phrases) throws IOException {
        Map<String, List<String>> uses = uses(USES.get(kind));
        return phrases.stream()
                .map(phrase -> {
                    List<String> places = uses.getOrDefault(phrase, List.of());
                    return "| `" + phrase + "` | " + places.size() + " | "
                            + places.stream().distinct().limit(2).collect(Collectors.joining(", ")) + " |";
                })
                .collect(Collectors.joining("\n"));
    }

    /** The checks, or the features of backgrounds, in which each phrase stands. */
    private static Map<String, List<String>> uses(Pattern use) throws IOException {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        List<Path> features;
        try (Stream<Path> files = Files.walk(FEATURES)) {
            features = files.filter(file -> file.toString().endsWith(".feature"))
                    // What only our own server promises has words of its own.
                    .filter(file -> !file.startsWith(FEATURES.resolve("reference")))
                    .sorted()
                    .toList();
        }
        for (Path feature : features) {
            String place =
                    FEATURES.relativize(feature).toString().replace('\\', '/').replace(".feature", "");
            for (String line : Files.readAllLines(feature)) {
                String text = line.strip();
                if (text.startsWith("@MCP-")) {
                    place = text.split(" ")[0].substring(1);
                }
                Matcher step = Pattern.compile("(?:Given|When|Then|And) (.+)").matcher(text);
                if (step.matches()) {
                    Matcher phrase = use.matcher(step.group(1));
                    if (phrase.matches()) {
                        uses.computeIfAbsent(phrase.group(1), key -> new ArrayList<>())
                                .add(place);
                    }
                }
            }
        }
        return uses;
    }
}
