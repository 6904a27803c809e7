package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Patch;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.mcp.Page;
import dev.mcppreflight.conformance.fault.mcp.Revision;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.mcp.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What goes wrong in the messages themselves, over any transport. */
final class MessageDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("result", MessageDeviations::result),
            entry("outcome", MessageDeviations::outcome),
            entry("tool", MessageDeviations::tool),
            entry("envelope", MessageDeviations::envelope),
            plain("empty-arrays", () -> answer(MessageDeviations::emptyArrays)),
            plain("no-counter-offer", () -> Deviation.ofRpc(MessageDeviations::withoutCounterOffer)),
            entry("repeating-cursor", MessageDeviations::repeatingCursor),
            entry("tools-page-size", parameter -> pagedTools(Parameter.number(parameter))),
            entry("many-tools", parameter -> manyTools(Parameter.number(parameter))),
            entry("slow", MessageDeviations::slow),
            entry("single-lane", parameter -> singleLane(Parameter.number(parameter))),
            entry("large-result", parameter -> largeResult(Parameter.number(parameter))),
            plain("plain-search", () -> withoutShape("search", "{\"hits\": [\"café\"]}")),
            plain("plain-fetch", () -> withoutShape("fetch", "{\"body\": \"the whole text\"}")),
            plain("waits-for-confirmation", () -> Deviation.ofRpc(MessageDeviations::waitsForConfirmation)),
            plain("changing-order", MessageDeviations::changingOrder),
            plain("fickle-revision", () -> Deviation.ofRpc(MessageDeviations::fickleRevision)),
            plain("answers-notifications", () -> Deviation.ofRpc(MessageDeviations::answersNotifications)));

    private MessageDeviations() {}

    /** Changes every response. */
    private static Deviation answer(UnaryOperator<Json> change) {
        return Deviation.ofRpc(healthy -> call -> {
            Json answer = healthy.answer(call);
            return answer.isPresent() ? change.apply(answer) : answer;
        });
    }

    /** Changes the results of some methods ({@code of}), or of those that have a certain member ({@code having}). */
    private static Deviation result(Json parameter) {
        Parameter.only(parameter, Set.of("of", "having", "set", "remove"));
        Patch patch = Patch.of(parameter);
        return Deviation.ofRpc(healthy -> call -> {
            Json answer = healthy.answer(call);
            Json result = answer.get("result");
            return result.isPresent() && concerns(parameter, call, result)
                    ? answer.with("result", patch.apply(result))
                    : answer;
        });
    }

    /**
     * In place of an answer to some methods ({@code of}), or of one with a certain member in its result
     * ({@code having}) or of a certain error ({@code error}): {@code silence}, {@code death}, an HTTP {@code status},
     * or another error ({@code code}, {@code message}).
     */
    private static Deviation outcome(Json parameter) {
        Parameter.only(parameter, Set.of("of", "having", "error", "then", "status", "code", "message"));
        if (parameter.get("then").isPresent()) {
            Parameter.oneOf(parameter.get("then"), "silence", "death");
        }
        return Deviation.ofRpc(healthy -> call -> {
            Json answer = healthy.answer(call);
            long code = answer.get("error").get("code").number(0);
            boolean concerned = call.isRequest()
                    && concerns(parameter, call, answer.get("result"))
                    && parameter.get("error").number(code) == code;
            return concerned ? instead(parameter, call) : answer;
        });
    }

    private static Json instead(Json parameter, Rpc.Call call) {
        if (parameter.get("then").isPresent()) {
            throw parameter.get("then").text().equals("death") ? Mishap.death() : Mishap.silence();
        }
        if (parameter.get("status").isPresent()) {
            throw Mishap.failure(Parameter.number(parameter.get("status")));
        }
        return new RpcError(
                        Parameter.number(parameter.get("code")),
                        parameter.get("message").text())
                .response(call.id());
    }

    private static boolean concerns(Json parameter, Rpc.Call call, Json result) {
        Json having = parameter.get("having");
        Json member = result.get(having.text());
        return Deviations.matches(parameter.get("of"), call.method())
                && (having.isMissing() || member.isPresent() && !member.equals(Json.of(false)));
    }

    /** Describes one tool otherwise than it is; one with another name is called by that. */
    private static Deviation tool(Json parameter) {
        Parameter.only(parameter, Set.of("name", "set", "remove"));
        String name = Parameter.text(parameter.get("name"));
        Patch patch = Patch.of(parameter);
        String renamed = parameter.get("set").get("name").text();
        boolean free = !renamed.isEmpty()
                && Tool.descriptions().stream()
                        .noneMatch(tool -> tool.get("name").text().equals(renamed));
        return Deviation.ofRpc(healthy -> call -> {
            if (call.method().equals("tools/list")) {
                return tools(healthy.answer(call), tools -> tools.stream()
                        .map(tool -> tool.get("name").text().equals(name) ? patch.apply(tool) : tool)
                        .toList());
            }
            boolean called = call.method().equals("tools/call")
                    && free
                    && !renamed.isEmpty()
                    && call.params().get("name").text().equals(renamed);
            return healthy.answer(
                    called
                            ? call.with(
                                    call.message().with("params", call.params().with("name", name)))
                            : call);
        });
    }

    private static Json tools(Json answer, UnaryOperator<List<Json>> change) {
        Json result = answer.get("result");
        Json tools = result.get("tools");
        return tools.isPresent() ? answer.with("result", result.with("tools", change.apply(tools.items()))) : answer;
    }

    /** Wraps a message as JSON-RPC does not have it. */
    private static Deviation envelope(Json parameter) {
        return answer(
                switch (Parameter.oneOf(
                        parameter,
                        "no-version",
                        "result-and-error",
                        "null-result",
                        "wrapped",
                        "double-encoded",
                        "array",
                        "id-as-string",
                        "error-as-string",
                        "error-code-as-string")) {
                    case "no-version" -> answer -> answer.without("jsonrpc");
                    case "result-and-error" ->
                        answer -> answer.get("error").isPresent()
                                ? answer.with("result", Json.object())
                                : answer.with("error", Json.NULL);
                    case "null-result" ->
                        answer -> answer.get("result").isPresent() ? answer.with("result", Json.NULL) : answer;
                    case "wrapped" -> answer -> Json.object("statusCode", 200, "data", answer);
                    case "double-encoded" -> answer -> Json.of(answer.toString());
                    case "array" -> answer -> Json.array(answer);
                    case "id-as-string" ->
                        answer -> answer.get("id").isInteger()
                                ? answer.with("id", answer.get("id").toString())
                                : answer;
                    case "error-as-string" ->
                        answer -> answer.get("error").isPresent()
                                ? answer.with("error", answer.get("error").get("message"))
                                : answer;
                    default ->
                        answer -> answer.get("error").isPresent()
                                ? answer.with("error", answer.get("error").with("code", "E_FAILED"))
                                : answer;
                });
    }

    /** A language that knows one type for maps and lists writes empty ones as lists. */
    private static Json emptyArrays(Json value) {
        if (value.isArray()) {
            return Json.of(
                    value.items().stream().map(MessageDeviations::emptyArrays).toList());
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.size() == 0) {
            return Json.array();
        }
        Json changed = value;
        for (String name : value.names()) {
            changed = changed.with(name, emptyArrays(value.get(name)));
        }
        return changed;
    }

    /** Refuses a revision that it does not know, where another should be offered. */
    private static Rpc withoutCounterOffer(Rpc healthy) {
        return call -> {
            boolean unknown = call.method().equals("initialize")
                    && !Revision.ALL.contains(
                            call.params().get("protocolVersion").text());
            return unknown
                    ? new RpcError(RpcError.INVALID_PARAMS, "Unsupported protocol version").response(call.id())
                    : healthy.answer(call);
        };
    }

    /** Always offers another revision than is asked for. */
    private static Rpc fickleRevision(Rpc healthy) {
        return call -> {
            Json answer = healthy.answer(call);
            if (!call.method().equals("initialize") || answer.get("result").isMissing()) {
                return answer;
            }
            boolean asked = call.params().get("protocolVersion").text().equals("2025-06-18");
            return answer.with(
                    "result", answer.get("result").with("protocolVersion", asked ? "2025-03-26" : "2025-06-18"));
        };
    }

    /** The first page again and again, always under the same cursor. */
    private static Deviation repeatingCursor(Json cursor) {
        return Deviation.ofRpc(healthy -> call -> {
            boolean again = call.params().get("cursor").equals(cursor);
            Json answer = healthy.answer(
                    again
                            ? call.with(
                                    call.message().with("params", call.params().without("cursor")))
                            : call);
            Json result = answer.get("result");
            return call.method().equals("tools/list") && result.isPresent()
                    ? answer.with("result", result.with("nextCursor", cursor))
                    : answer;
        });
    }

    private static Deviation pagedTools(int size) {
        return Deviation.ofRpc(healthy -> call -> {
            if (!call.method().equals("tools/list")) {
                return healthy.answer(call);
            }
            Json all = healthy.answer(call.with(call.message().without("params")));
            if (all.get("result").isMissing()) {
                return all;
            }
            try {
                return all.with(
                        "result",
                        Page.of("tools", all.get("result").get("tools").items(), call.params(), size));
            } catch (RpcError e) {
                return e.response(call.id());
            }
        });
    }

    /** Takes its time with some methods ({@code of}): so many milliseconds, each time or only so many times. */
    private static Deviation slow(Json parameter) {
        Parameter.only(parameter, Set.of("of", "millis", "times"));
        int millis = Parameter.number(parameter.get("millis"));
        AtomicInteger left = new AtomicInteger((int) parameter.get("times").number(Integer.MAX_VALUE));
        return Deviation.ofRpc(healthy -> call -> {
            if (Deviations.matches(parameter.get("of"), call.method()) && left.getAndDecrement() > 0) {
                pause(millis);
            }
            return healthy.answer(call);
        });
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw Mishap.silence();
        }
    }

    /** One request after the other, and calls of tools take their time. */
    private static Deviation singleLane(int millis) {
        ReentrantLock lane = new ReentrantLock();
        return Deviation.ofRpc(healthy -> call -> {
            lane.lock();
            try {
                if (call.method().equals("tools/call")) {
                    pause(millis);
                }
                return healthy.answer(call);
            } finally {
                lane.unlock();
            }
        });
    }

    /** Results of tools with so many characters more. */
    private static Deviation largeResult(int length) {
        return answer(answer -> answer.get("result").get("content").isArray()
                ? answer.with(
                        "result",
                        answer.get("result")
                                .with("content", Json.array(Json.object("type", "text", "text", "x".repeat(length)))))
                : answer);
    }

    /** A tool that answers by JSON of its own making, and announces no output schema. */
    private static Deviation withoutShape(String name, String text) {
        Json result = Json.object("content", Json.array(Json.object("type", "text", "text", text)));
        return Deviation.ofRpc(healthy -> call -> {
            boolean called = call.method().equals("tools/call")
                    && call.params().get("name").text().equals(name)
                    && healthy.answer(call).get("result").get("isError").equals(Json.of(false));
            return called
                    ? Rpc.result(call.id(), result)
                    : tools(healthy.answer(call), tools -> tools.stream()
                            .map(tool -> tool.get("name").text().equals(name) ? tool.without("outputSchema") : tool)
                            .toList());
        });
    }

    /** Serves nothing until the notification that confirms the handshake has come. */
    private static Rpc waitsForConfirmation(Rpc healthy) {
        Set<Session> confirmed = ConcurrentHashMap.newKeySet();
        return call -> {
            if (call.method().equals("notifications/initialized")) {
                confirmed.add(call.session());
            }
            boolean early = call.method().startsWith("tools/") && !confirmed.contains(call.session());
            return early
                    ? new RpcError(RpcError.INVALID_REQUEST, "Received request before initialization was complete")
                            .response(call.id())
                    : healthy.answer(call);
        };
    }

    /** Copies of one tool, each under a name of its own. */
    private static Deviation manyTools(int count) {
        return Deviation.ofRpc(healthy -> call -> tools(healthy.answer(call), tools -> {
            List<Json> many = new ArrayList<>(tools);
            for (int i = many.size(); i < count; i++) {
                many.add(tools.get(0)
                        .with("name", "echo_" + i)
                        .with("description", "Returns the given text as it is, in the manner of number " + i));
            }
            return many;
        }));
    }

    /** The list has another order each time, whoever asks between. */
    private static Deviation changingOrder() {
        AtomicInteger times = new AtomicInteger();
        return Deviation.ofRpc(
                healthy -> call -> tools(healthy.answer(call), tools -> permutation(tools, times.getAndIncrement())));
    }

    /** Returns the order with this number, of all that there are. */
    private static List<Json> permutation(List<Json> tools, int number) {
        List<Json> left = new ArrayList<>(tools);
        List<Json> order = new ArrayList<>();
        for (int rest = number; !left.isEmpty(); ) {
            int next = rest % left.size();
            rest /= left.size();
            order.add(left.remove(next));
        }
        return order;
    }

    private static Rpc answersNotifications(Rpc healthy) {
        return call -> call.id().isMissing() ? Rpc.result(Json.NULL, Json.object()) : healthy.answer(call);
    }
}
