package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a scenario can expect of a list and of each of its items. A new expectation is one more constant here. */
public enum Quality implements Phrases.Phrase {
    // -- lists
    ANSWERED("an answer to every page", listing -> listing.pages().stream()
            .filter(page -> !page.isResult()
                    || !page.result().get(listing.kind().member()).isArray())
            .findFirst()
            .map(Reply::observed)),
    END(
            "an end",
            listing -> listing.problem().isEmpty() || listing.pages().stream().anyMatch(page -> !page.isResult())
                    ? Optional.empty()
                    : Optional.of(listing.problem())),
    TEXT_CURSORS("cursors that are texts", listing -> listing.pages().stream()
            .map(page -> page.result().get("nextCursor"))
            .filter(cursor -> cursor.isPresent() && !cursor.isString())
            .findFirst()
            .map(cursor -> "nextCursor is " + cursor.type())),
    UNIQUE_NAMES("unique names", listing -> {
        Set<String> seen = new HashSet<>();
        return listing.items().stream()
                .map(Listing::nameOf)
                .filter(name -> !seen.add(name))
                .findFirst()
                .map(name -> "'" + name + "' twice");
    }),
    SOMETHING(
            "at least one item",
            listing -> listing.items().isEmpty() ? Optional.of("an empty list") : Optional.empty()),
    ONE_PAGE(
            "one page",
            listing -> listing.pages().size() > 1
                    ? Optional.of(listing.pages().size() + " pages, of which Claude reads the first")
                    : Optional.empty()),

    KEEPING("a time and a scope to keep each page", listing -> listing.pages().stream()
            .flatMap(page -> ModernRules.keeping(page).stream())
            .findFirst()),

    // -- tools
    NAME_AND_SCHEMA(
            "a name and an input schema for each",
            each(tool -> problem(
                    tool.get("name").isString()
                            && !tool.get("name").text().isEmpty()
                            && tool.get("inputSchema").isPresent(),
                    tool.get("name").isString() ? "no inputSchema" : "no name"))),
    SCHEMA_OBJECT(
            "input schemas that are objects",
            each(tool -> problem(
                    tool.get("inputSchema").isObject(),
                    "inputSchema is " + tool.get("inputSchema").type()))),
    OBJECT_ROOT(
            "input schemas of type object",
            each(tool -> problem(
                    tool.get("inputSchema").get("type").text().equals("object"),
                    "inputSchema.type is "
                            + (tool.get("inputSchema").get("type").isMissing()
                                    ? "missing"
                                    : tool.get("inputSchema").get("type"))))),
    VALID_SCHEMAS("valid schemas", each(tool -> Stream.of("inputSchema", "outputSchema")
            .filter(name -> tool.get(name).isObject())
            .flatMap(name -> Schemas.problemOf(tool.get(name)).map(what -> name + what).stream())
            .findFirst())),
    KNOWN_DIALECT("schemas in the recommended dialect", each(tool -> Stream.of("inputSchema", "outputSchema")
            .map(name -> tool.get(name).get("$schema").text())
            .filter(dialect -> !dialect.isEmpty() && !dialect.contains("2020-12") && !dialect.contains("draft-07"))
            .findFirst()
            .map(dialect -> "the dialect " + dialect))),
    OUTPUT_OBJECT_ROOT(
            "output schemas of type object, if any",
            each(tool -> problem(
                    tool.get("outputSchema").isMissing()
                            || tool.get("outputSchema").get("type").text().equals("object"),
                    "outputSchema.type is " + tool.get("outputSchema").get("type")))),
    NAME_LENGTH(
            "names of 1 to 128 characters",
            each(tool -> problem(
                    tool.get("name").text().length() >= 1
                            && tool.get("name").text().length() <= 128,
                    tool.get("name").text().length() + " characters"))),
    NAME_CHARACTERS(
            "names of letters, digits, underscores, hyphens and dots",
            each(tool ->
                    problem(Pattern.matches("[A-Za-z0-9_.-]*", tool.get("name").text()), "another character"))),
    NO_SPACES(
            "names without spaces and commas",
            each(tool -> problem(
                    !Pattern.compile("[\\s,]").matcher(tool.get("name").text()).find(), "a space or a comma"))),
    TYPED_ANNOTATIONS("annotations of the right types, if any", each(tool -> Stream.of(
                    "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
            .filter(hint -> tool.get("annotations").get(hint).isPresent()
                    && !tool.get("annotations").get(hint).isBoolean())
            .findFirst()
            .map(hint -> hint + " is " + tool.get("annotations").get(hint).type()))),
    TASK_SUPPORT(
            "a known task support, if any",
            each(tool -> problem(
                    tool.get("execution").get("taskSupport").isMissing()
                            || List.of("forbidden", "optional", "required")
                                    .contains(tool.get("execution")
                                            .get("taskSupport")
                                            .text()),
                    "taskSupport " + tool.get("execution").get("taskSupport")))),
    NO_PARAMETERS("plain schemas where there are no parameters", each(tool -> {
        Json schema = tool.get("inputSchema");
        boolean parameterless = schema.isObject() && schema.get("properties").size() == 0;
        return problem(
                !parameterless || schema.get("type").text().equals("object"), "neither of the two recommended forms");
    })),
    ITEM_ICONS("icons that clients can show, if any", each(item -> item.get("icons").items().stream()
            .map(icon -> icon.get("src").text())
            .filter(source ->
                    !source.startsWith("https://") && !source.startsWith("http://") && !source.startsWith("data:"))
            .findFirst()
            .map(source -> "an icon at '" + source + "'"))),

    // -- arguments that stand in headers as well
    MIRRORED_NAMES(
            "names for mirrored arguments",
            each(ParameterHeaders.rule(
                    mark -> mark.name().isString() && !mark.name().text().isEmpty()))),
    MIRRORED_TOKENS(
            "names for mirrored arguments that headers can have",
            each(ParameterHeaders.rule(ParameterHeaders.Mark::isToken))),
    MIRRORED_ONCE("names for mirrored arguments that come once", each(ParameterHeaders::twice)),
    MIRRORED_PRIMITIVES(
            "mirrored arguments that are texts, integers or booleans",
            each(ParameterHeaders.rule(ParameterHeaders.Mark::isPrimitive))),
    MIRRORED_INTEGERS(
            "mirrored integers in the range that every client can count in",
            each(ParameterHeaders.rule(ParameterHeaders.Mark::isSafe))),
    MIRRORED_IN_REACH("mirrored arguments within reach", each(ParameterHeaders.rule(ParameterHeaders.Mark::reachable))),
    MIRRORED_NO_SECRETS(
            "no mirrored argument that is a secret by its name",
            each(ParameterHeaders.rule(ParameterHeaders.Mark::isHarmless))),

    // -- what clients demand beyond the specification
    CLIENT_NAMES(
            "names that Claude and ChatGPT accept",
            each(tool -> problem(
                    Pattern.matches("[a-zA-Z0-9_-]{1,64}", tool.get("name").text()),
                    "a name outside [a-zA-Z0-9_-]{1,64}"))),
    NO_ROOT_COMBINATOR("input schemas without a combinator at their root", each(tool -> Stream.of(
                    "anyOf", "oneOf", "allOf", "not", "enum")
            .filter(word -> tool.get("inputSchema").get(word).isPresent())
            .findFirst()
            .map(word -> word + " at the root of inputSchema"))),
    ARRAY_ITEMS("arrays that say what their items are", each(tool -> tool.get("inputSchema")
            .walk()
            .filter(part -> part.isObject()
                    && (part.get("type").text().equals("array")
                            || part.get("type").items().contains(Json.of("array")))
                    && part.get("items").isMissing()
                    && part.get("prefixItems").isMissing())
            .findFirst()
            .map(part -> "an array without items"))),
    LOCAL_REFERENCES("schemas that need no other document", each(tool -> tool.get("inputSchema")
            .walk()
            .map(part -> part.get("$ref").text())
            .filter(reference -> !reference.isEmpty() && !resolves(tool.get("inputSchema"), reference))
            .findFirst()
            .map(reference -> "the reference " + reference))),
    DESCRIPTIONS(
            "a description for each",
            each(tool -> problem(
                    tool.get("description").text().strip().length() >= 10,
                    tool.get("description").text().isBlank() ? "no description" : "a description of a word or two"))),
    HINTS(
            "a hint whether each only reads",
            each(tool -> problem(tool.get("annotations").get("readOnlyHint").isBoolean(), "no readOnlyHint"))),
    CONSISTENT_HINTS(
            "hints that do not contradict each other",
            each(tool -> problem(
                    !(tool.get("annotations").get("readOnlyHint").isTrue()
                            && tool.get("annotations").get("destructiveHint").isTrue()),
                    "readOnlyHint and destructiveHint"))),

    // -- deep research
    RESEARCH_ARGUMENTS("search with a query and fetch with an id", DeepResearch::arguments),
    RESEARCH_DECLARATIONS("search and fetch that only read and say what they return", DeepResearch::declarations),

    // -- resources and prompts
    URI_AND_NAME(
            "a URI and a name for each",
            each(item -> problem(item.get("uri").isString() && item.get("name").isString(), "no URI or no name"))),
    VALID_URIS(
            "URIs as RFC 3986 writes them",
            each(item -> problem(isUri(item.get("uri").text()), "no URI"))),
    TEMPLATE_AND_NAME(
            "a URI template and a name for each",
            each(item -> problem(
                    item.get("uriTemplate").isString()
                            && item.get("name").isString()
                            && balanced(item.get("uriTemplate").text()),
                    "no name or no well-formed uriTemplate"))),
    NAMED(
            "a name for each and for each of its arguments",
            each(item -> problem(
                    item.get("name").isString()
                            && item.get("arguments").items().stream()
                                    .allMatch(argument -> argument.get("name").isString()),
                    "a prompt or an argument without a name")));

    /** What is wrong with a thousand items is wrong with the next as well; a hostile list must not take all day. */
    private static final int MOST_ITEMS = 1_000;

    private final String phrase;
    private final Function<Listing, Optional<String>> judge;

    Quality(String phrase, Function<Listing, Optional<String>> judge) {
        this.phrase = phrase;
        this.judge = judge;
    }

    /** The expectation that scenarios call so. */
    public static Quality of(String phrase) {
        return Phrases.find(values(), phrase, "quality of a list");
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return Arrays.stream(values()).map(Quality::phrase).toList();
    }

    @Override
    public String phrase() {
        return phrase;
    }

    void judge(Listing listing, Conversation conversation) {
        judge.apply(listing).ifPresent(observed -> {
            listing.pages().forEach(conversation::requireWelcome);
            throw new Mismatch(phrase, observed);
        });
    }

    private static Function<Listing, Optional<String>> each(Function<Json, Optional<String>> rule) {
        return listing -> {
            List<String> problems = listing.items().stream()
                    .limit(MOST_ITEMS)
                    .flatMap(item -> rule.apply(item).map(what -> "'" + Listing.nameOf(item) + "': " + what).stream())
                    .toList();
            return problems.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            problems.get(0) + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
        };
    }

    private static Optional<String> problem(boolean fine, String what) {
        return fine ? Optional.empty() : Optional.of(what);
    }

    private static boolean resolves(Json root, String reference) {
        if (!reference.startsWith("#")) {
            return false;
        }
        Json place = root;
        for (String step : reference.substring(1).split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~");
                place = place.isArray() && name.matches("\\d{1,6}")
                        ? place.at(Integer.parseInt(name))
                        : place.get(name);
            }
        }
        return place.isPresent();
    }

    private static boolean isUri(String text) {
        try {
            return URI.create(text).getScheme() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean balanced(String template) {
        int depth = 0;
        for (char c : template.toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth < 0 || depth > 1) {
                return false;
            }
        }
        return depth == 0;
    }
}
