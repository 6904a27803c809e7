package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.conversation.Answer;
import dev.mcppreflight.conformance.conversation.Message;
import dev.mcppreflight.conformance.conversation.Quality;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.wire.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages say the same things, all of them, and nothing else. */
class WordsTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    @Test
    void bothLanguagesSayTheSameThings() {
        Map<String, String> english = messages(Language.ENGLISH);
        Map<String, String> french = messages(Language.FRENCH);
        assertEquals(english.keySet(), french.keySet());
        english.forEach((key, phrase) -> assertEquals(placeholders(phrase), placeholders(french.get(key)), key));
    }

    @Test
    void nothingIsLeftEmptyOrHalfOpen() {
        for (Language language : Language.values()) {
            messages(language).forEach((key, phrase) -> {
                assertFalse(phrase.isBlank(), key);
                String rest = PLACEHOLDER.matcher(phrase).replaceAll("");
                assertFalse(rest.contains("{") || rest.contains("}"), key);
            });
        }
    }

    /** What is the same in both is a name or a technical term, and each of them is one that was looked at. */
    @Test
    void frenchIsFrench() {
        Map<String, String> english = messages(Language.ENGLISH);
        Set<String> same = new TreeSet<>();
        messages(Language.FRENCH).forEach((key, phrase) -> {
            if (phrase.equals(english.get(key)) && phrase.matches(".*[a-z]{3}.*")) {
                same.add(key);
            }
        });
        assertEquals(
                Set.of(
                        "cause",
                        "client",
                        "clients",
                        "diff.absent",
                        "html.brand",
                        "html.cause",
                        "html.clients",
                        "severity.info",
                        "stage.clients",
                        "stage.transport",
                        "transport.stdio",
                        "transport.streamable",
                        "verdict"),
                same);
    }

    @Test
    void everyWordIsSaidSomewhereAndNoneIsMissing() {
        String sources = sources();
        Set<String> keys = messages(Language.ENGLISH).keySet();
        Set<String> forgotten = keys.stream()
                .map(key -> key.replaceFirst("\\.(one|other)$", ""))
                .filter(key ->
                        !key.matches("(html\\.verdict|verdict|outcomes?|stage|state|severity|level|transport)\\..*"))
                .filter(
                        key -> !key.matches(
                                "diff\\.(broken|mended|changed)|client\\.(blocks|warns|notes|later)|md\\.(because|expected|fix|observed|read)"))
                .filter(key -> !sources.contains('"' + key + '"'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), forgotten);
        for (Language language : Language.values()) {
            Words words = Words.in(language);
            Stream.of(Outcome.values()).forEach(outcome -> {
                words.word(outcome);
                words.counted(0, outcome);
                words.counted(2, outcome);
            });
            Stream.of(Stage.values()).forEach(words::word);
            Stream.of(Level.values()).forEach(words::word);
            Stream.of(Cause.Severity.values()).forEach(words::word);
            Stream.of("auto", "sse", "streamable", "stdio").forEach(words::transport);
            Stream.of("ready", "ready-with-warnings", "ready-when-public", "not-ready")
                    .forEach(words::verdict);
        }
    }

    @Test
    void aValueThatLooksLikeAPlaceholderIsNone() {
        assertEquals("{1}, revision {0}", Words.ENGLISH.say("revision", "{1}", "{0}"));
    }

    @Test
    void numbersFollowTheLanguage() {
        Words french = Words.in(Language.FRENCH);
        assertEquals("0,8 s", french.seconds(812));
        assertEquals("0 vérification", french.counted(0, "checks"));
        assertEquals("0 checks", Words.ENGLISH.counted(0, "checks"));
        assertEquals("2 vérifications", french.counted(2, "checks"));
    }

    @Test
    void localesAreReadAsSystemsWriteThem() {
        for (String name : List.of("fr", "fr_FR.UTF-8", "fr-CA", "FR", "fr@euro")) {
            assertEquals(Language.FRENCH, Language.of(name).orElseThrow(), name);
        }
        assertEquals(Language.ENGLISH, Language.of("en_US.UTF-8").orElseThrow());
        assertTrue(Language.of("C.UTF-8").isEmpty());
        assertTrue(Language.of("frisian").isEmpty());
        assertTrue(Language.of("").isEmpty());
    }

    /** Each cause is French from its title to its fix. */
    @Test
    void everyCauseIsTranslatedWholly() {
        Map<String, Cause> causes = new Catalogue().causes();
        List<Json> rows = Yaml.parse(Resources.text("causes_fr.yaml"), "causes_fr.yaml")
                .get("causes")
                .items();
        for (Json row : rows) {
            String id = row.get("id").text();
            assertTrue(causes.containsKey(id), id);
            assertEquals(Set.of("id", "title", "symptom", "because", "fix"), row.names(), id);
            for (String member : List.of("title", "because", "fix")) {
                assertFalse(row.get(member).text().isBlank(), id + " " + member);
            }
            Cause english = causes.get(id);
            Cause french = Words.in(Language.FRENCH).cause(english);
            assertFalse(french.because().equals(english.because()), id);
            assertFalse(french.fix().equals(english.fix()), id);
            // A command or a header is the same in every language.
            assertEquals(code(english.fix()), code(french.fix()), id);
        }
        Set<String> missing = new TreeSet<>(causes.keySet());
        rows.forEach(row -> missing.remove(row.get("id").text()));
        assertEquals(Set.of(), missing, "each cause is told in both languages");
    }

    /** What is said of clients stands in their files, and each of these sentences has its French. */
    @Test
    void whatIsSaidOfClientsIsTranslated() {
        Json french = Yaml.parse(Resources.text("sentences_fr.yaml"), "sentences_fr.yaml");
        Set<String> missing = new TreeSet<>();
        for (String client : Catalogue.clientNames()) {
            Json file = Yaml.parse(Resources.text("clients/" + client + ".yaml"), client);
            Stream.of("discover", "rules", "limits", "steps")
                    .flatMap(part -> file.get(part).items().stream())
                    .map(row -> row.get("says").text() + row.get("do").text())
                    .filter(sentence -> !sentence.isEmpty() && !french.names().contains(sentence))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    /** What scenarios expect, what requests are sent for, and what requirements say: each of these has its French. */
    @Test
    void whatChecksSayIsTranslated() {
        Words french = Words.in(Language.FRENCH);
        Catalogue catalogue = new Catalogue();
        Set<String> missing = Stream.of(
                        Answer.phrases().stream(),
                        Quality.phrases().stream(),
                        Message.phrases().stream().filter(phrase -> phrase.contains(" ")),
                        Stream.of(Failure.Kind.values())
                                .map(kind ->
                                        kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                        Preflight.checks().stream()
                                .flatMap(check -> catalogue.requirement(check.id()).stream())
                                .flatMap(row -> Stream.of(row.says(), row.because(), row.fix()))
                                .filter(sentence -> !sentence.isEmpty()))
                .flatMap(sentences -> sentences)
                .filter(sentence -> !french.knows(sentence))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    /** What no requirement says any more needs no French. */
    @Test
    void nothingIsTranslatedThatNoRequirementSays() {
        Set<String> forgotten = new TreeSet<>(Yaml.parse(Resources.text("requirements_fr.yaml"), "requirements_fr.yaml")
                .names());
        new Catalogue().requirements().values().forEach(row -> Stream.of(row.says(), row.because(), row.fix())
                .forEach(forgotten::remove));
        assertEquals(Set.of(), forgotten);
    }

    /** The reports of the samples hold every kind of line that is put together. */
    @Test
    void whatIsPutTogetherIsTranslatedPartByPart() {
        Words french = Words.in(Language.FRENCH);
        assertEquals(
                "POST /mcp -> 200 application/json (un ping, par un client inconnu), premier octet après 3 ms, page 'Sign in'",
                french.line("POST /mcp -> 200 application/json (a ping, by an unknown client), first byte after 3 ms,"
                        + " page 'Sign in'"));
        assertEquals(
                "POST /mcp -> certificat d'un autre hôte, le certificat est pour a.example, non pour b.example",
                french.line(
                        "POST /mcp -> certificate wrong host, the certificate is for a.example, not for b.example"));
        assertEquals(
                "HTTP 202, inachevé : pas de réponse sur le flux en 9 ms",
                french.line("HTTP 202, unfinished: no answer on the stream within 9 ms"));
        assertEquals(
                "HTTP 200 application/json, {\"a\": 1, \"b\": \"a ping\"}",
                french.line("HTTP 200 application/json, {\"a\": 1, \"b\": \"a ping\"}"));
        assertEquals(
                "Emploie Docs et rien d'autre : Appelle echo avec {\"text\":\"hello\"} et dis ce qu'il répond.",
                french.sentence(
                        "Use Docs and nothing else: Call echo with {\"text\":\"hello\"} and say what it answers."));
    }

    /** A sentence that nobody says any more is dead weight. */
    @Test
    void everySentenceIsSaidSomewhere() {
        Json french = Yaml.parse(Resources.text("sentences_fr.yaml"), "sentences_fr.yaml");
        String said = sources().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"")
                + Stream.of(Failure.Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", "))
                + " is string, is boolean, is number, is array, is object, is null"
                + Catalogue.clientNames().stream()
                        .map(client -> Resources.text("clients/" + client + ".yaml"))
                        .collect(Collectors.joining());
        Set<String> forgotten = french.names().stream()
                .filter(english -> !Stream.of(PLACEHOLDER.split(english))
                        .map(part -> part.strip().replaceFirst("^, ", ""))
                        .allMatch(said::contains))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), forgotten);
        french.names().forEach(english -> {
            assertEquals(placeholders(english), placeholders(french.get(english).text()), english);
            assertFalse(french.get(english).text().isBlank(), english);
        });
    }

    @Test
    void sentencesKeepWhatStandsInThem() {
        Words words = Words.in(Language.FRENCH);
        assertEquals("ChatGPT n'accepte pas d'adresse.", words.sentence("ChatGPT takes no address."));
        assertEquals(
                "l'outil x$1 ne déclare pas readOnlyHint et n'a pas été nommé : --call x$1=JSON",
                words.sentence("the tool x$1 does not declare readOnlyHint and was not named: --call x$1=JSON"));
        assertEquals(
                "Ce que renvoient search et fetch n'a pas été essayé : la liste des outils est vide",
                words.sentence("What search and fetch return was not tried: the list of tools is empty"));
        assertEquals("nobody knows this", words.sentence("nobody knows this"));
    }

    private static Set<String> code(String text) {
        Set<String> code = new TreeSet<>();
        var spans = Pattern.compile("`([^`]+)`").matcher(text);
        while (spans.find()) {
            code.add(spans.group(1));
        }
        return code;
    }

    private static Map<String, String> messages(Language language) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Resources.text("messages_" + language.code() + ".properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> messages = new TreeMap<>();
        properties.forEach((key, phrase) -> messages.put((String) key, (String) phrase));
        return messages;
    }

    private static Set<String> placeholders(String phrase) {
        return PLACEHOLDER.matcher(phrase).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
