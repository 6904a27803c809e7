package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.HandleTools;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** State that a server keeps between calls, and the handles by which callers name it. */
final class Handles {

    private static final int SHORTEST = 16;

    /** What can stand in JSON and in a report as it is; sentences are no handles. */
    private static final Pattern HANDLE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,500}");

    private Handles() {}

    static HandleTools tools(Conversation conversation) {
        HandleTools tools = conversation.target().handles();
        if (tools == null) {
            throw new NotTested(
                    "a pair of tools that give out and take handles is missing: --handle-tool GIVE:USE=JSON");
        }
        return tools;
    }

    static Json give(Conversation conversation) {
        return call(conversation, tools(conversation).give(), "{}");
    }

    /** A call with a handle that was given out before, and that its owner has used. */
    static Json use(Conversation conversation) {
        HandleTools tools = tools(conversation);
        Reply given =
                conversation.sessions().inShared(Outgoing.plain("a call that gives a handle", give(conversation)));
        String handle = conversation.contact().secret(of(given));
        Json use = call(conversation, tools.use(), tools.argumentsWith(handle));
        Reply used = conversation.sessions().inShared(Outgoing.plain("a call with a handle of one's own", use));
        if (!isServed(used)) {
            throw new NotTested("the tool " + tools.use() + " did not take the handle that " + tools.give() + " gave: "
                    + used.observed());
        }
        return call(conversation, tools.use(), tools.argumentsWith(handle));
    }

    /** SEC-008: long, and different in more than a few places. */
    static Optional<String> unguessable(Conversation conversation) {
        List<String> handles =
                conversation.replies().stream().map(Handles::of).distinct().toList();
        if (handles.size() < conversation.replies().size()) {
            return Optional.of("the same handle twice");
        }
        int shortest = handles.stream().mapToInt(String::length).min().orElse(0);
        int same = Answer.commonPrefix(handles);
        return shortest < SHORTEST || same > 0.6 * shortest
                ? Optional.of("handles of " + shortest + " characters, of which the first " + same + " never change")
                : Optional.empty();
    }

    /** SEC-007 and SEC-009: an error of whatever kind keeps others out. */
    static Optional<String> kept(Reply reply) {
        return isServed(reply) ? Optional.of("what the handle of another stands for") : Optional.empty();
    }

    private static boolean isServed(Reply reply) {
        return reply.isResult()
                && !reply.isHttpRefusal()
                && !reply.result().get("isError").isTrue();
    }

    private static String of(Reply reply) {
        Json structured = reply.result().get("structuredContent");
        List<String> texts = structured.names().stream()
                .map(structured::get)
                .filter(Json::isString)
                .map(Json::text)
                .toList();
        String handle = texts.size() == 1
                ? texts.get(0)
                : reply.result().get("content").items().stream()
                        .map(item -> item.get("text").text().strip())
                        .findFirst()
                        .orElse("");
        if (!isServed(reply) || !HANDLE.matcher(handle).matches()) {
            throw new NotTested("the tool of --handle-tool gives no handle alone, as a text or the one text of its"
                    + " structured content: " + reply.observed());
        }
        return handle;
    }

    private static Json call(Conversation conversation, String tool, String arguments) {
        return conversation.request("tools/call", Json.object("name", tool, "arguments", Json.parse(arguments)));
    }
}
