package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.Set;

/** Messages: their envelopes, initialize, and what a server owes to every request. */
final class HandshakeRules {

    private static final String VERSION = "MCP-Protocol-Version";
    private static final String ABOUT_VERSION = "protocol.?version|unsupported version|version";
    private static final String OF_COMPLETIONS = "a completion";
    private static final String ALREADY = "already initiali[sz]ed";
    private static final long METHOD_NOT_FOUND = -32601;
    private static final long UNSUPPORTED_VERSION = -32022;
    private static final long SLOW_MILLIS = 5_000;
    private static final Set<String> UNKNOWN_METHODS =
            Set.of(Sent.UNKNOWN_METHOD, Sent.SHUTDOWN, Sent.COMPLETION, Sent.LOG_LEVEL, Sent.DISCOVER);

    private HandshakeRules() {}

    static List<Rule> all() {
        return List.of(
                // -- envelopes
                rule("MCP-024", it -> it.contact().noStreams().status(200).whose(exchange -> exchange.body()
                        .startsWith("\uFEFF"))),
                rule("MCP-016", it -> ordinary(it)
                        .answer(Json::isArray)
                        .and(LineRules.noisy(it.contact(), "\\[\\s*\\{.*\"jsonrpc\".*"))),
                rule("MCP-019", it -> it.handshake()
                        .noting(HandshakeRules::listsForObjects)
                        .and(it.tools(HandshakeRules::listsForObjects))),
                rule("MCP-010", it -> ordinary(it)
                        .noting(HandshakeRules::brokenEnvelope)
                        .and(it.others().plain().requests().noting(HandshakeRules::bothInOne))
                        .and(it.handshake().noting(exchange -> unreadable(it, exchange)))
                        .and(LineRules.noisy(it.handshake().unanswered(), ".*jsonrpc.*"))),
                rule("MCP-009", it -> ordinary(it).noting(HandshakeRules::otherId)),

                // -- initialize
                rule("MCP-002", it -> it.handshake()
                        .error(METHOD_NOT_FOUND, UNSUPPORTED_VERSION)
                        .and(it.handshake().errors().whose(HandshakeRules::offersOnlyModern))
                        .when(it.isBroken())),
                rule("MCP-025", it -> it.findings()
                        .sentFor(Purpose.INITIALIZE)
                        .statusOtherThan(401, 403, 429, 502, 503, 504)
                        .whose(exchange -> exchange.status() >= 400
                                || Facts.answer(exchange).get("error").isObject())
                        .when(it.handshake().result(result -> true).any())
                        .and(it.findings()
                                .sentFor(Purpose.STREAM)
                                .statusBetween(400, 599)
                                .statusOtherThan(401, 403, 429)
                                .when(it.speaks("sse") && it.openStreams().any()))
                        .and(it.findings()
                                .sentFor(Purpose.INITIALIZE)
                                .failedBy(Kind.NO_ANSWER)
                                .when(it.handshake().result(result -> true).any())
                                .unless(it.others()
                                        .sentFor(Purpose.INITIALIZE)
                                        .result(result -> true)
                                        .any()))
                        .and(it.findings().errors().whose(exchange -> errorSays(exchange, ALREADY)))
                        .and(it.handshake().errors().whose(exchange -> errorSays(exchange, ALREADY)))),
                rule("MCP-003", it -> it.findings()
                        .about(Sent.INITIALIZE_PAST, Sent.INITIALIZE_FUTURE)
                        .whose(exchange -> exchange.status() >= 400 && exchange.status() < 500
                                || Facts.answer(exchange).get("error").isObject())
                        .and(it.handshake()
                                .errors()
                                .whose(exchange -> errorSays(exchange, ABOUT_VERSION) && !offersOnlyModern(exchange)))
                        .and(it.others().sentFor(Purpose.OTHER_VERSION).result(result -> true))),
                rule("MCP-027", it -> it.handshake()
                        .errors()
                        .answer(answer -> answer.get("error").isObject())
                        .notSaying("session")
                        .statusOtherThanRefusals()),
                rule("MCP-004", it -> it.handshake()
                        .sentFor(Purpose.INITIALIZE)
                        .result(Json::isObject)
                        .noting(HandshakeRules::unpublished)
                        .and(it.findings()
                                .about(Sent.INITIALIZE_PAST, Sent.INITIALIZE_FUTURE)
                                .result(Json::isObject)
                                .noting(HandshakeRules::unpublished))),
                rule("MCP-006", it -> it.handshake()
                        .or(it.knock().when(it.isMute()))
                        .silent()
                        .whose(exchange -> !exchange.url().startsWith("https:")
                                || exchange.timings().secured() >= 0)
                        .and(it.findings()
                                .about(Sent.INITIALIZE_PAST, Sent.INITIALIZE_FUTURE)
                                .silent())),
                rule("HTTP-017", it -> it.findings()
                        .about(Sent.RICH_INITIALIZE)
                        .whose(exchange -> exchange.status() == 400
                                || exchange.status() == 422
                                || exchange.status() >= 500
                                || exchange.failure() != null
                                || Facts.answer(exchange).get("error").isObject())
                        .and(it.others().sentFor(Purpose.RICHER).result(result -> true))),
                rule("MCP-007", it -> it.handshake()
                                .result(result ->
                                        !result.get("serverInfo").get("name").isString()
                                                || !result.get("serverInfo")
                                                        .get("version")
                                                        .isString())
                                .when(it.handshake()
                                        .result(result ->
                                                result.get("protocolVersion").isString())
                                        .any()))
                        .provenBy("MCP-LIFE-001", "MCP-CLIENT-011", "MCP-CLIENT-012"),
                rule("MCP-008", it -> it.all()
                        .about(Sent.TOOLS)
                        .result(result -> result.get("tools").size() > 0)
                        .when(it.handshake()
                                .result(result ->
                                        !result.get("capabilities").get("tools").isObject())
                                .any())),

                // -- what follows
                rule("MCP-005", it -> it.findings()
                        .by(Sent.EARLY_VERSION)
                        .statusBetween(400, 499)
                        .statusOtherThan(401, 403, 404)
                        .and(it.all().plain().sending(VERSION, ".").status(400).saying(ABOUT_VERSION))),
                rule("MCP-011", it -> it.all()
                        .sentFor(
                                Purpose.INITIALIZED,
                                Sent.UNKNOWN_NOTIFICATION,
                                Sent.CANCELLATION,
                                Sent.MALFORMED_CANCELLATION)
                        .whose(exchange -> exchange.status() > 0
                                        // No client is known to mind a word beside 202.
                                        && (exchange.status() != 202
                                                || Facts.answer(exchange).isObject())
                                || exchange.failedBy(Kind.NO_ANSWER))
                        .when(it.speaks("streamable") && !it.isMute())),
                rule("STDIO-016", it -> it.all()
                        .about(Sent.UNKNOWN_NOTIFICATION, Sent.CANCELLATION, Sent.MALFORMED_CANCELLATION)
                        .whose(Exchange::isStdio)
                        .answer(answer -> Facts.isResponse(answer)
                                && (answer.get("id").isMissing()
                                        || answer.get("id").isNull()))),
                rule("MCP-018", it -> it.all().noting(HandshakeRules::brokenError)),
                rule("MCP-015", it -> it.findings()
                        .about(Sent.UNKNOWN_METHOD, Sent.SHUTDOWN)
                        .statusOtherThanRefusals()
                        .whose(exchange ->
                                Facts.answer(exchange).get("error").get("code").number(0) != METHOD_NOT_FOUND)
                        .whose(exchange -> exchange.status() != 202 || exchange.failure() != null)
                        .and(it.findings()
                                .about(Sent.COMPLETION, Sent.LOG_LEVEL)
                                .whose(exchange -> exchange.status() >= 500
                                        || exchange.failedBy(Kind.NO_ANSWER, Kind.UNFINISHED)))),
                rule("MCP-017", it -> it.findings()
                        .about(Sent.PING, Sent.PING_TEXT_ID, Sent.PING_LARGE_ID)
                        .plain()
                        .answer(answer -> answer.get("error").isObject()
                                || answer.get("result").isPresent()
                                        && (!answer.get("result").isObject()
                                                || !answer.get("result")
                                                        .without("_meta")
                                                        .equals(Json.object())))
                        .whose(exchange -> exchange.status() < 400 || exchange.status() == 404)
                        .notSaying("session")),
                rule("MCP-020", it -> it.findings()
                        .about(Sent.RESOURCES, Sent.PROMPTS)
                        .plain()
                        .whose(exchange -> exchange.status() >= 500
                                || exchange.failedBy(Kind.NO_ANSWER, Kind.UNFINISHED, Kind.EXITED))),

                // -- eras and orders
                rule("PERF-003", it -> it.handshake()
                        .and(it.toolPages())
                        .whose(exchange -> Facts.wait(exchange) >= SLOW_MILLIS)
                        .unless(it.toolPages().any()
                                && it.toolPages().stream().noneMatch(page -> Facts.wait(page) >= SLOW_MILLIS / 10))),
                rule("MCP-022", it -> it.modern().noting(ModernRules::broken)),
                rule("MCP-026", it -> it.everything()
                        .about(Sent.DISCOVER)
                        .status(401, 403)
                        .whose(exchange -> !exchange.purpose().contains(Sent.UNKNOWN))
                        .when(it.handshake().result(result -> true).any())),
                rule("MCP-012", it -> it.others()
                        .sentFor(Purpose.EARLY_LIST)
                        .whose(exchange -> exchange.status() >= 400 && exchange.status() != 429
                                || Facts.answer(exchange).get("error").isObject()
                                || exchange.failedBy(Kind.NO_ANSWER, Kind.UNFINISHED))
                        .when(it.toolPages().result(result -> true).any())),
                rule("MCP-013", it -> it.findings()
                        .about(Sent.TOOLS)
                        .by(Sent.STRANGER)
                        .result(result -> result.get("tools").isArray())
                        .when(it.handshake().withHeader("Mcp-Session-Id").any())));
    }

    /** What an ordinary client asked for: its envelope must be right. */
    private static Exchanges ordinary(Case it) {
        return it.all()
                .plain()
                .requests()
                .whose(exchange -> exchange.status() == 0 || exchange.status() / 100 == 2)
                .whose(exchange -> !exchange.purpose().equals(Sent.PING_NULL_ID)
                        && !exchange.purpose().equals(Sent.OLD_RPC))
                // No hosted client asks for completions: what is wrong with them keeps none away.
                .whose(exchange -> !exchange.purpose().startsWith(OF_COMPLETIONS))
                // What is said to a method that nobody knows is a matter of its own.
                .whose(exchange -> Facts.answer(exchange).isObject() || !UNKNOWN_METHODS.contains(exchange.purpose()));
    }

    private static List<String> brokenEnvelope(Exchange exchange) {
        Json answer = Facts.answer(exchange);
        if (answer.isMissing() || answer.isArray()) {
            return List.of();
        }
        if (!answer.isObject()) {
            return List.of("the answer is a JSON " + answer.type());
        }
        if (!Facts.isResponse(answer)) {
            return List.of("the answer has neither result nor error but " + answer.names());
        }
        if (!bothInOne(exchange).isEmpty()) {
            return bothInOne(exchange);
        }
        if (answer.get("result").isNull()) {
            return List.of("the result is null");
        }
        if (exchange.purpose().equals(Purpose.INITIALIZE)
                && answer.get("result").isPresent()
                && !answer.get("result").isObject()) {
            return List.of("the result is a " + answer.get("result").type());
        }
        return answer.get("jsonrpc").text().equals("2.0") ? List.of() : List.of("no \"jsonrpc\": \"2.0\"");
    }

    private static List<String> bothInOne(Exchange exchange) {
        Json answer = Facts.answer(exchange);
        return answer.get("result").isPresent() && answer.get("error").isPresent()
                ? List.of("result and error in one answer")
                : List.of();
    }

    /** A body or an event that should be a message and cannot be read as JSON. */
    private static List<String> unreadable(Case it, Exchange exchange) {
        boolean body = exchange.status() == 200
                && exchange.mediaType().equals("application/json")
                && exchange.failure() == null
                && exchange.header("Content-Encoding").isEmpty()
                && !exchange.body().startsWith("\uFEFF")
                && Facts.answer(exchange).isMissing();
        boolean event = exchange.failedBy(Kind.UNFINISHED)
                && it.openStreams()
                        .whose(stream -> stream.stream().events().stream()
                                .filter(one -> one.name().equals("message"))
                                .anyMatch(one -> !Facts.isResponse(one.message())
                                        && one.message().get("method").isMissing()
                                        && !one.data().isBlank()))
                        .any();
        return body || event || isNoMessage(it, exchange)
                ? List.of("an answer that is no message of JSON-RPC")
                : List.of();
    }

    /** Whether initialize was taken, and nothing of the protocol came back: no content, a text, events of something else. */
    private static boolean isNoMessage(Case it, Exchange exchange) {
        boolean taken = exchange.method().equals("POST")
                && it.isKnock(exchange)
                && exchange.status() / 100 == 2
                && exchange.failure() == null
                && exchange.header("Content-Encoding").isEmpty()
                && Facts.answer(exchange).isMissing()
                && it.openStreams().none();
        boolean otherEvents = exchange.stream().events().stream()
                .filter(event -> event.name().equals("message"))
                .map(event -> Json.parseOrMissing(event.data()))
                .anyMatch(data -> data.isObject() && data.get("jsonrpc").isMissing());
        boolean otherBody = !exchange.isStream()
                && !Facts.isPage(exchange)
                && !exchange.body().startsWith("\uFEFF")
                && !Facts.isResponse(Json.parseOrMissing(exchange.body()));
        return taken && (otherEvents || otherBody);
    }

    private static List<String> otherId(Exchange exchange) {
        Json answer = Facts.answer(exchange);
        Json asked = Facts.sent(exchange).get("id");
        Json given = answer.get("id");
        boolean refused = answer.get("error").isPresent() && given.isNull();
        boolean same = answer.isMissing() || !Facts.isResponse(answer) || refused || given.equals(asked);
        return same
                ? List.of()
                : List.of("asked with id " + asked + ", answered with id " + (given.isMissing() ? "missing" : given));
    }

    private static List<String> unpublished(Exchange exchange) {
        Json version = Facts.answer(exchange).get("result").get("protocolVersion");
        // What server/discover answers names its versions elsewhere.
        boolean named =
                version.isPresent() || Facts.sent(exchange).get("method").text().equals("initialize");
        return !named || Revision.isPublished(version.text())
                ? List.of()
                : List.of("protocolVersion is " + (version.isMissing() ? "missing" : version));
    }

    private static boolean offersOnlyModern(Exchange exchange) {
        List<Json> supported =
                Facts.answer(exchange).get("error").get("data").get("supported").items();
        return !supported.isEmpty()
                && supported.stream().map(Json::text).allMatch(version -> version.compareTo("2026-07-28") >= 0);
    }

    private static boolean errorSays(Exchange exchange, String pattern) {
        return Facts.answer(exchange).get("error").get("message").text().matches("(?is).*(" + pattern + ").*");
    }

    private static List<String> listsForObjects(Exchange exchange) {
        Json result = Facts.answer(exchange).get("result");
        Json capabilities = result.get("capabilities");
        if (capabilities.isArray()) {
            return List.of("capabilities is a list");
        }
        return capabilities.names().stream()
                .filter(name -> capabilities.get(name).isArray())
                .map(name -> "capabilities." + name + " is a list")
                .toList();
    }

    private static String listsForObjects(Json tool) {
        Json schema = tool.get("inputSchema");
        return schema.isArray()
                ? "inputSchema is a list"
                : schema.get("properties").isArray()
                        ? "inputSchema.properties is a list"
                        : tool.get("annotations").isArray() ? "annotations is a list" : "";
    }

    private static List<String> brokenError(Exchange exchange) {
        Json error = Facts.answer(exchange).get("error");
        // A refusal by HTTP may have an "error" of its own, such as that of OAuth.
        if (error.isMissing()
                || error.isNull()
                || Facts.answer(exchange).get("jsonrpc").isMissing()) {
            return List.of();
        }
        if (!error.isObject()) {
            return List.of("error is a " + error.type());
        }
        if (!error.get("code").isInteger()) {
            return List.of("error.code is " + (error.get("code").isMissing() ? "missing" : error.get("code")));
        }
        return error.get("message").isString()
                ? List.of()
                : List.of("error.message is " + error.get("message").type());
    }
}
