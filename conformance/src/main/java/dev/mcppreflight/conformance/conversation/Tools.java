package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tools may be called, and with what. Only tools that the operator names or that declare {@code readOnlyHint} are
 * ever called, also where a call is meant to be refused: a server that does not validate would carry it out.
 */
final class Tools {

    private static final int MOST = 3;

    private Tools() {}

    /** A call that may be made. */
    record Call(String name, Json arguments, Json tool) {}

    /**
     * At most three calls that may be made, those of the operator first.
     *
     * @throws NotTested when there is none
     */
    static List<Call> safe(Conversation conversation) {
        List<Call> calls = callable(conversation);
        if (calls.isEmpty()) {
            throw new NotTested("no tool declares readOnlyHint and none was named: --call TOOL=JSON");
        }
        return calls;
    }

    /** The same, or nothing where there is none. */
    static List<Call> callable(Conversation conversation) {
        List<Json> tools = conversation.contact().listing(Listing.Kind.TOOLS).items();
        List<Call> calls = new ArrayList<>();
        for (ToolCall named : conversation.target().calls()) {
            Json tool = tools.stream()
                    .filter(candidate -> candidate.get("name").text().equals(named.tool()))
                    .findFirst()
                    .orElse(Json.MISSING);
            calls.add(new Call(named.tool(), Json.parse(named.arguments()), tool));
        }
        tools.stream()
                .filter(tool -> tool.get("annotations").get("readOnlyHint").isTrue())
                .filter(tool -> calls.stream()
                        .noneMatch(call -> call.name().equals(tool.get("name").text())))
                .limit(Math.max(0, MOST - calls.size()))
                .forEach(tool ->
                        calls.add(new Call(tool.get("name").text(), Samples.valid(tool.get("inputSchema")), tool)));
        return calls;
    }

    /** What a tool says of signing in; ChatGPT looks for it in both places. */
    static List<Json> securitySchemes(Json tool) {
        Json own = tool.get("securitySchemes");
        return (own.size() > 0 ? own : tool.get("_meta").get("securitySchemes")).items();
    }

    /** A call of a safe tool whose arguments its input schema forbids. */
    static Json badCall(Conversation conversation) {
        for (Call call : safe(conversation)) {
            Json bad = Samples.invalid(call.tool().get("inputSchema"));
            if (bad.isPresent()) {
                return conversation.request("tools/call", Json.object("name", call.name(), "arguments", bad));
            }
        }
        throw new NotApplicable("no safe tool has an input schema that forbids anything");
    }
}
