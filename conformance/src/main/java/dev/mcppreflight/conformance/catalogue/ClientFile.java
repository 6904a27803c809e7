package dev.mcppreflight.conformance.catalogue;

import dev.mcppreflight.conformance.catalogue.Client.Basis;
import dev.mcppreflight.conformance.catalogue.Client.DiscoverRule;
import dev.mcppreflight.conformance.catalogue.Client.Fact;
import dev.mcppreflight.conformance.catalogue.Client.Field;
import dev.mcppreflight.conformance.catalogue.Client.Kind;
import dev.mcppreflight.conformance.catalogue.Client.Limit;
import dev.mcppreflight.conformance.catalogue.Client.Manner;
import dev.mcppreflight.conformance.catalogue.Client.Reach;
import dev.mcppreflight.conformance.catalogue.Client.Rule;
import dev.mcppreflight.conformance.catalogue.Client.Step;
import dev.mcppreflight.conformance.catalogue.Client.Weight;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of {@code clients/} as a {@link Client}. What a file leaves out it takes from the one that it is like. */
final class ClientFile {

    /** In the order of reports. A jar can list its entries too, but only slowly. */
    static final List<String> NAMES = List.of(
            "chatgpt",
            "chatgpt-deep-research",
            "openai-api",
            "claude",
            "claude-desktop",
            "claude-code",
            "mcp-remote",
            "inspector");

    private static final Pattern SECTION = Pattern.compile("(?m)^([a-z][a-z-]*):");

    private final String path;
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, Json> read = new ConcurrentHashMap<>();
    private final Optional<ClientFile> model;

    private ClientFile(String name) {
        this.path = "clients/" + name + ".yaml";
        String text = Resources.text(path);
        Matcher start = SECTION.matcher(text);
        String section = "";
        int from = 0;
        while (start.find()) {
            sections.put(section, text.substring(from, start.start()));
            section = start.group(1);
            from = start.start();
        }
        sections.put(section, text.substring(from));
        String like = own("like").text();
        this.model = like.isEmpty() ? Optional.empty() : Optional.of(new ClientFile(like));
    }

    static Client load(String name) {
        return new Client(new ClientFile(name));
    }

    /** A member of this very file; missing when it has none. */
    Json own(String name) {
        return sections.containsKey(name)
                ? read.computeIfAbsent(
                        name, key -> Yaml.parse(sections.get(key), path).get(key))
                : Json.MISSING;
    }

    /** A member of this file, or of the one that it is like. */
    Json member(String name) {
        return sections.containsKey(name)
                ? own(name)
                : model.map(file -> file.member(name)).orElse(Json.MISSING);
    }

    /** The rows of a list of this file and of the one that it is like. */
    Stream<Json> everywhere(String name) {
        return Stream.concat(own(name).items().stream(), model.stream().flatMap(file -> file.everywhere(name)));
    }

    /** The first row of a list that begins with this member, without reading the others: each stands on a line. */
    Optional<Json> row(String name, String member) {
        return sections.getOrDefault(name, "")
                .lines()
                .filter(line -> line.strip().startsWith("- {" + member + ","))
                .findFirst()
                .map(line -> Yaml.parse(line, path).at(0))
                .or(() -> model.flatMap(file -> file.row(name, member)));
    }

    static <T> List<T> rows(Json list, Function<Json, T> row) {
        return list.items().stream().map(row).toList();
    }

    static Optional<Reach> reach(Json reach) {
        return reach.isMissing()
                ? Optional.empty()
                : Optional.of(
                        new Reach(reach.get("from").text().equals("hosted"), Set.copyOf(strings(reach.get("causes")))));
    }

    static Manner manner(Json json) {
        return new Manner(
                json.get("user-agent").text(),
                json.get("name").text(),
                json.get("version").text(),
                Set.copyOf(strings(json.get("other-names"))),
                json.get("revision").text(),
                json.get("discovers").isTrue(),
                json.get("carries-credentials").isTrue(),
                json.get("chooses-transport").isTrue(),
                json.get("encodings").text(),
                json.get("pages").text().equals("all"),
                json.get("listens").text(),
                json.get("falls-back-on").items().stream()
                        .map(status -> (int) status.number(0))
                        .toList(),
                json.get("sse-accept").text(),
                json.get("metadata-agent").text());
    }

    static DiscoverRule discover(Json row) {
        return new DiscoverRule(
                row.get("answer").text(), weight(row), row.get("says").text(), basis(row));
    }

    static Rule rule(Json row) {
        String id = row.get("cause").isPresent()
                ? row.get("cause").text()
                : row.get("check").text();
        return new Rule(id, weight(row), row.get("says").text(), basis(row));
    }

    static Limit limit(Json row) {
        return new Limit(
                row.get("measure").text(),
                row.get("most").isPresent() ? Optional.of(row.get("most").number(0)) : Optional.empty(),
                row.get("says").text(),
                basis(row));
    }

    static Fact fact(Json row) {
        return new Fact(row.get("topic").text(), row.get("says").text(), basis(row));
    }

    static Field field(Json row) {
        return new Field(row.get("field").text(), row.get("value").text(), kinds(row.get("for")));
    }

    static Step step(Json row) {
        return new Step(row.get("do").text(), kinds(row.get("for")), basis(row));
    }

    private static Basis basis(Json row) {
        String grade =
                row.get("grade").isMissing() ? "documented" : row.get("grade").text();
        return new Basis(grade, row.get("date").text(), strings(row.get("sources")));
    }

    private static Weight weight(Json row) {
        return Weight.valueOf(row.get("weight").text().toUpperCase(Locale.ROOT));
    }

    private static Set<Kind> kinds(Json kind) {
        return kind.isMissing() ? EnumSet.allOf(Kind.class) : EnumSet.of(kind(kind.text()));
    }

    private static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<String> strings(Json list) {
        List<String> strings = new ArrayList<>();
        list.items().forEach(item -> strings.add(item.text()));
        return strings;
    }
}
