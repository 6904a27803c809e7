package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.fault.deviation.Deviations;
import dev.mcppreflight.conformance.fault.deviation.Parameter;
import dev.mcppreflight.conformance.fault.mcp.Trait;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server wrong in one way, or a healthy one of a certain kind.
 *
 * @param id the id of the cause, with a suffix where one cause has several faults
 * @param cause the cause that a diagnosis of this server has to name first; none for what is not diagnosed
 * @param fails the checks that must not pass
 * @param rows the requirements beside the ids of those checks that it breaks; of a healthy server, the permissions that it
 *     makes use of
 * @param beside further causes that are rightly named beside it, because the deviation has more than one effect
 * @param advice the causes that a check has to hint at
 * @param options what an operator has to add to the command line to see it, such as {@code --timeout}
 * @param path the path of the address that a user gives, where it is not that of the transport
 * @param tls the key store in {@code fixtures/tls}, for a server that speaks TLS
 * @param credential the key that the server asks for
 * @param traits what the server is like, none of which is wrong
 * @param deviation what is wrong, or, of a healthy server, otherwise than usual: names of deviations, each with its
 *     parameter
 */
public record Fault(
        String id,
        String title,
        Transport transport,
        Optional<String> cause,
        List<String> fails,
        List<String> rows,
        List<String> beside,
        List<String> advice,
        List<String> options,
        Optional<String> path,
        Optional<String> tls,
        Optional<String> credential,
        Set<Trait> traits,
        Map<String, Json> deviation) {

    private static final String FOLDER = "fixtures/faults";
    private static final Set<String> MEMBERS = Set.of(
            "id",
            "title",
            "transport",
            "cause",
            "fails",
            "rows",
            "beside",
            "advice",
            "options",
            "path",
            "tls",
            "credential",
            "traits",
            "deviation");

    /** How the server is reached. */
    public enum Transport {
        /** Streamable HTTP. */
        STREAMABLE,
        /** HTTP+SSE. */
        SSE,
        /** Standard input and output; {@link StdioServer} runs it. */
        STDIO,
        /** Not at all. */
        NONE
    }

    public Fault {
        fails = List.copyOf(fails);
        rows = List.copyOf(rows);
        beside = List.copyOf(beside);
        advice = List.copyOf(advice);
        options = List.copyOf(options);
        traits = Set.copyOf(traits);
        deviation = Collections.unmodifiableMap(new LinkedHashMap<>(deviation));
    }

    /**
     * The fault of this id.
     *
     * @throws IllegalArgumentException where there is none, or where its file is wrong
     */
    public static Fault load(String id) {
        String path = FOLDER + "/" + id + ".yaml";
        if (!id.matches("[A-Za-z0-9-]+") || !Resources.list(FOLDER, ".yaml").contains(path)) {
            throw new IllegalArgumentException("there is no fault " + id);
        }
        return read(path);
    }

    /** All faults, healthy servers included, sorted by id. */
    public static List<Fault> all() {
        return Resources.list(FOLDER, ".yaml").stream().map(Fault::read).toList();
    }

    /** Whether nothing is wrong with this server; where it deviates, then in what it is free to do otherwise. */
    public boolean isHealthy() {
        return id.startsWith("healthy");
    }

    /** The command that a user would give, where that is the fault; otherwise a caller runs {@link StdioServer}. */
    public Optional<List<String>> command() {
        return Optional.ofNullable(deviation.get("command"))
                .map(words -> words.items().stream().map(Json::text).toList());
    }

    /** The configuration file in which the fault is, as name and content. */
    public Optional<Map.Entry<String, String>> configuration() {
        return Optional.ofNullable(deviation.get("configuration"))
                .map(file -> Map.entry(
                        file.get("file").isString() ? file.get("file").text() : "claude_desktop_config.json",
                        file.get("text").text()));
    }

    private static Fault read(String path) {
        Json file = Yaml.parse(Resources.text(path), path);
        try {
            return of(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    /** Reads the content of a fault's file. */
    public static Fault of(Json file) {
        Parameter.only(file, MEMBERS);
        Fault fault = new Fault(
                required(file, "id"),
                required(file, "title"),
                choice(Transport.values(), required(file, "transport")),
                optional(file, "cause"),
                texts(file, "fails"),
                texts(file, "rows"),
                texts(file, "beside"),
                texts(file, "advice"),
                texts(file, "options"),
                optional(file, "path"),
                optional(file, "tls"),
                optional(file, "credential"),
                file.get("traits").items().stream()
                        .map(trait -> choice(Trait.values(), trait.text()))
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                members(file.get("deviation")));
        Deviations.of(fault.deviation());
        return fault;
    }

    private static Map<String, Json> members(Json object) {
        Map<String, Json> members = new LinkedHashMap<>();
        object.names().forEach(name -> members.put(name, object.get(name)));
        return members;
    }

    private static List<String> texts(Json file, String member) {
        return file.get(member).items().stream().map(Json::text).toList();
    }

    private static String required(Json file, String member) {
        return optional(file, member).orElseThrow(() -> new IllegalArgumentException(member + " is missing"));
    }

    private static Optional<String> optional(Json file, String member) {
        return Optional.of(file.get(member).text()).filter(text -> !text.isEmpty());
    }

    private static <E extends Enum<E>> E choice(E[] values, String label) {
        return Stream.of(values)
                .filter(value ->
                        value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label + " is none of " + List.of(values)));
    }
}
