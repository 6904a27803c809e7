package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import java.util.List;

/** What calls of tools come back with. */
final class CallRules {

    private static final List<String> CONTENT = List.of("text", "image", "audio", "resource", "resource_link");
    private static final long INTERNAL_ERROR = -32603;
    private static final String[] BAD_CALLS = {Sent.BAD_CALL, Sent.TEXT_CALL, Sent.UNKNOWN_CALL, Sent.NAMELESS_CALL};
    private static final String STACK_TRACE =
            "(?s).*(\\bat [\\w.$<>]+ ?\\([^)]*:\\d+|Traceback \\(most recent|^\\s+at |Exception in thread).*";

    private CallRules() {}

    static List<Rule> all() {
        return List.of(
                rule(
                                "STDIO-002",
                                it -> LineRules.noisy(
                                        it.all().whose(exchange -> !exchange.purpose()
                                                .equals("initialize")),
                                        LineRules.AS_WELL))
                        .provenBy("MCP-STDIO-002", "MCP-STDIO-013"),
                rule("TOOL-016", it -> calls(it)
                                .noting(call -> schemaOf(it, call).isObject()
                                                && structured(call).isMissing()
                                        ? List.of(name(call)
                                                + " announces an output schema and returns no structuredContent")
                                        : List.of()))
                        .provenBy("MCP-TOOLS-032"),
                rule("TOOL-017", it -> calls(it).noting(call -> mismatch(it, call)))
                        .provenBy("MCP-TOOLS-030", "MCP-TOOLS-032"),
                rule("TOOL-018", it -> calls(it)
                                .noting(call -> structured(call).isPresent()
                                                && (content(call).isMissing()
                                                        || content(call).isArray())
                                                && content(call).size() == 0
                                        ? List.of(name(call) + " returns structuredContent alone")
                                        : List.of()))
                        .provenBy("MCP-TOOLS-017", "MCP-TOOLS-029"),
                rule("TOOL-025", it -> calls(it)
                                .noting(call -> content(call).items().stream()
                                        .map(CallRules::problem)
                                        .filter(problem -> !problem.isEmpty())
                                        .limit(1)
                                        .map(problem -> name(call) + ": " + problem)
                                        .toList())
                                .and(it.all().about(Sent.SAFE_CALL).noting(CallRules::misshapen)))
                        .provenBy("MCP-TOOLS-017"),
                rule("TOOL-022", it -> it.findings()
                        .about(BAD_CALLS)
                        .plain()
                        .whose(call -> call.status() >= 500
                                || call.status() == 0 && !call.isStdio()
                                || call.answer() == null && call.isStdio()
                                || isInternal(call))
                        .and(it.findings()
                                .about(Sent.SAFE_CALL)
                                .plain()
                                .whose(call -> isCrash(call) || call.failedBy(Kind.CLOSED, Kind.RESET)))
                        .and(it.killingCalls())
                        .and(it.afterItsEnd().when(it.killingCalls().any()))));
    }

    /** The calls of tools that only read, as far as they succeeded. */
    private static Exchanges calls(Case it) {
        return it.all()
                .about(Sent.SAFE_CALL)
                .result(result -> result.isObject() && !result.get("isError").isTrue());
    }

    private static String name(Exchange call) {
        return "tool '" + Facts.sent(call).get("params").get("name").text() + "'";
    }

    private static Json schemaOf(Case it, Exchange call) {
        return it.tool(Facts.sent(call).get("params").get("name").text()).get("outputSchema");
    }

    private static Json structured(Exchange call) {
        return Facts.answer(call).get("result").get("structuredContent");
    }

    private static Json content(Exchange call) {
        return Facts.answer(call).get("result").get("content");
    }

    private static List<String> mismatch(Case it, Exchange call) {
        Json schema = schemaOf(it, call);
        Json data = structured(call);
        return schema.isObject() && data.isPresent()
                ? Schemas.problemOf(data, schema).map(problem -> name(call) + ": " + problem).stream()
                        .toList()
                : List.of();
    }

    /** A result that is none by its shape. */
    private static List<String> misshapen(Exchange call) {
        Json result = Facts.answer(call).get("result");
        if (result.isMissing() || result.isNull()) {
            return List.of();
        }
        if (!result.isObject()) {
            return List.of(name(call) + ": the result is of type " + result.type());
        }
        Json content = result.get("content");
        return content.isArray()
                        || content.isMissing()
                                && result.get("structuredContent").isPresent()
                ? List.of()
                : List.of(
                        name(call) + ": content is " + (content.isMissing() ? "missing" : "of type " + content.type()));
    }

    private static String problem(Json item) {
        String type = item.get("type").text();
        if (!CONTENT.contains(type)) {
            return type.isEmpty() ? "a content item without type" : "a content item of type '" + type + "'";
        }
        return switch (type) {
            case "text" -> item.get("text").isString() ? "" : "a text item without text";
            case "image", "audio" ->
                item.get("mimeType").isString() && !item.get("data").text().startsWith("data:")
                        ? ""
                        : "an item of type " + type + " without mimeType, or with a data: prefix";
            case "resource" -> item.get("resource").get("uri").isString() ? "" : "a resource without uri";
            default -> item.get("uri").isString() ? "" : "a link without uri";
        };
    }

    /** A tool that came to grief over a call to which nothing else has to be wrong. */
    static boolean isCrash(Exchange call) {
        return call.status() == 500 || isInternal(call);
    }

    /** Only what cannot be the server's considered answer: some SDKs call every protocol error internal. */
    private static boolean isInternal(Exchange call) {
        Json error = Facts.answer(call).get("error");
        boolean internal = error.get("code").number(0) == INTERNAL_ERROR;
        return internal
                && (call.purpose().equals(Sent.BAD_CALL)
                        || call.purpose().equals(Sent.SAFE_CALL)
                        || error.get("message").text().matches(STACK_TRACE));
    }
}
