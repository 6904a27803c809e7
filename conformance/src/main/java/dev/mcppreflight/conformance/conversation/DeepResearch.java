package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.ToolCall;
import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The contract of deep research in ChatGPT: the tools search and fetch (developers.openai.com/api/docs/mcp). Both are called
 * only where the operator names them or where they declare that they only read.
 */
final class DeepResearch {

    static final String SEARCH = "search";
    static final String FETCH = "fetch";
    static final String UNKNOWN_ID = "preflight-no-such-document";

    /** How many words are tried before nothing is known of the results. */
    private static final int MOST_WORDS = 3;

    private static final Pattern QUOTED = Pattern.compile("[\"\u201c\u00ab'`]([\\p{L}\\d -]{3,40})[\"\u201d\u00bb'`]");
    private static final Pattern WORD = Pattern.compile("\\p{L}{5,}");

    private DeepResearch() {}

    /**
     * A search that found something, or at least came back.
     *
     * @param arguments what was searched for
     * @param reply what came back
     * @param results the results; empty where nothing was found
     */
    record Found(Json arguments, Reply reply, List<Json> results) {}

    // ---- lists

    /** Whether both tools are there, whatever they take. */
    static boolean isOffered(List<Json> tools) {
        return tool(tools, SEARCH).isPresent() && tool(tools, FETCH).isPresent();
    }

    /** What is wrong with the arguments of both tools. */
    static Optional<String> arguments(Listing listing) {
        return lacks(listing.items(), SEARCH, "query").or(() -> lacks(listing.items(), FETCH, "id"));
    }

    private static Optional<String> lacks(List<Json> tools, String name, String argument) {
        Json schema = tool(tools, name).get("inputSchema");
        Json type = schema.get("properties").get(argument).get("type");
        boolean text = type.isMissing()
                ? schema.get("properties").get(argument).isObject()
                : type.text().equals("string")
                        || type.items().stream().anyMatch(each -> each.text().equals("string"));
        return text ? Optional.empty() : Optional.of("'" + name + "': no text argument " + argument);
    }

    /** What both tools leave unsaid: that they only read, and what they return. */
    static Optional<String> declarations(Listing listing) {
        for (String name : List.of(SEARCH, FETCH)) {
            Json tool = tool(listing.items(), name);
            if (!tool.get("annotations").get("readOnlyHint").isTrue()) {
                return Optional.of("'" + name + "': no readOnlyHint: true");
            }
            if (!tool.get("outputSchema").isObject()) {
                return Optional.of("'" + name + "': no outputSchema");
            }
        }
        return Optional.empty();
    }

    private static Json tool(List<Json> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.get("name").text().equals(name))
                .findFirst()
                .orElse(Json.MISSING);
    }

    // ---- calls

    /** A search for the word that found most likely something. */
    static Json search(Conversation conversation) {
        return call(
                conversation,
                SEARCH,
                conversation.contact().findings().found(conversation).arguments());
    }

    /** A fetch of the first thing that was found. */
    static Json fetch(Conversation conversation) {
        Found found = conversation.contact().findings().found(conversation);
        if (found.results().isEmpty()) {
            throw new NotTested("search found nothing for " + found.arguments()
                    + ": name a word with --call 'search={\"query\":\"WORD\"}'");
        }
        Json id = found.results().get(0).get("id");
        if (!id.isString()) {
            throw new NotTested("the first result of search has no id to fetch it by");
        }
        return call(conversation, FETCH, Json.object("id", id));
    }

    static Json fetchUnknown(Conversation conversation) {
        return call(conversation, FETCH, Json.object("id", UNKNOWN_ID));
    }

    /** Tries words until something is found. */
    static Found find(Conversation conversation) {
        Found last = null;
        for (Json arguments : arguments(conversation)) {
            Reply reply = conversation
                    .sessions()
                    .inShared(Outgoing.plain(Purpose.SEARCH, call(conversation, SEARCH, arguments)));
            last = new Found(arguments, reply, object(reply).get("results").items());
            if (!last.results().isEmpty() || !reply.isResult()) {
                return last;
            }
        }
        return last;
    }

    private static List<Json> arguments(Conversation conversation) {
        Optional<ToolCall> named = named(conversation, SEARCH);
        return named.isPresent()
                ? List.of(Json.parse(named.get().arguments()))
                : words(conversation).stream()
                        .map(word -> Json.object("query", word))
                        .toList();
    }

    /** Words that a server uses of itself: what it quotes in the description of its search, then what it speaks of. */
    private static List<String> words(Conversation conversation) {
        Json tool = tool(conversation.contact().listing(Listing.Kind.TOOLS).items(), SEARCH);
        Json result = conversation.contact().initialize().result();
        Set<String> words = new LinkedHashSet<>();
        tool.get("inputSchema")
                .get("properties")
                .get("query")
                .get("examples")
                .items()
                .forEach(example -> words.add(example.text()));
        String described = tool.get("description").text() + " "
                + tool.get("inputSchema")
                        .get("properties")
                        .get("query")
                        .get("description")
                        .text();
        Matcher quoted = QUOTED.matcher(described);
        while (quoted.find()) {
            words.add(quoted.group(1).strip());
        }
        Matcher word = WORD.matcher(result.get("serverInfo").get("title").text() + " "
                + result.get("instructions").text() + " " + described);
        while (word.find()) {
            words.add(word.group());
        }
        // What a server says of itself need not stand in its documents; these two stand in most that are in English.
        return Stream.concat(words.stream().limit(MOST_WORDS), Stream.of("the", "a"))
                .distinct()
                .toList();
    }

    private static Json call(Conversation conversation, String name, Json arguments) {
        Json tool = tool(conversation.contact().listing(Listing.Kind.TOOLS).items(), name);
        boolean reads = tool.get("annotations").get("readOnlyHint").isTrue();
        if (!reads && named(conversation, name).isEmpty()) {
            throw new NotTested(
                    "the tool " + name + " does not declare readOnlyHint and was not named: --call " + name + "=JSON");
        }
        return conversation.request("tools/call", Json.object("name", name, "arguments", arguments));
    }

    private static Optional<ToolCall> named(Conversation conversation, String name) {
        return conversation.target().calls().stream()
                .filter(call -> call.tool().equals(name))
                .findFirst();
    }

    // ---- results

    /** The object that a call returned, by its structured content or else by its text. */
    private static Json object(Reply reply) {
        Json structured = reply.result().get("structuredContent");
        return structured.isObject() ? structured : text(reply);
    }

    private static Json text(Reply reply) {
        return Json.parseOrMissing(
                reply.result().get("content").at(0).get("text").text());
    }

    /** What is missing in the results of a search. */
    static Optional<String> results(Reply reply) {
        Json results = object(reply).get("results");
        if (!results.isArray()) {
            return Optional.of("no list of results: " + reply.observed());
        }
        if (results.size() == 0) {
            throw new NotTested("search found nothing: name a word with --call 'search={\"query\":\"WORD\"}'");
        }
        return results.items().stream()
                .flatMap(result -> lacks(result, List.of("id", "title", "url")).stream())
                .findFirst();
    }

    /** What is missing in a document. */
    static Optional<String> document(Reply reply) {
        Json document = object(reply);
        return document.isObject()
                ? lacks(document, List.of("id", "title", "text", "url"))
                : Optional.of("no document: " + reply.observed());
    }

    private static Optional<String> lacks(Json object, List<String> members) {
        for (String member : members) {
            if (!object.get(member).isString()) {
                return Optional.of("no text " + member + " in " + shortened(object));
            }
        }
        return isAbsolute(object.get("url").text())
                ? Optional.empty()
                : Optional.of("a url that is no address in " + shortened(object));
    }

    private static boolean isAbsolute(String url) {
        try {
            return URI.create(url).getScheme() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String shortened(Json object) {
        String text = object.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }

    /** Whether structured content and the only text say the same. */
    static Optional<String> both(Reply reply) {
        Json content = reply.result().get("content");
        if (!reply.result().get("structuredContent").isObject()) {
            return Optional.of("no structuredContent");
        }
        return content.size() == 1 && text(reply).equals(reply.result().get("structuredContent"))
                ? Optional.empty()
                : Optional.of(content.size() + " items of content, the first of which is not the same JSON");
    }
}
