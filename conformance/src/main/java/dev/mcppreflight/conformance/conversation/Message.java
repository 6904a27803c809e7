package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.target.ToolCall;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Everything that a scenario can have sent. A new message is one more constant here. */
public enum Message implements Phrases.Phrase {
    // -- lifecycle
    /** What a conversation begins with, whatever the revision. */
    INITIALIZE("an initialize request", Message::opening),
    INITIALIZE_OFFERED(
            "an initialize request for the revision that was offered",
            c -> initialize(c, c.contact().revision())),
    INITIALIZE_PAST("an initialize request for a revision of the past", c -> initialize(c, "1999-01-01")),
    INITIALIZE_FUTURE("an initialize request for a revision of the future", c -> initialize(c, "2999-01-01")),
    INITIALIZE_RICH("an initialize request with members that nobody knows yet", Message::richInitialize),
    INITIALIZE_BARE("an initialize request without client information", Message::bareInitialize),
    /** The smallest request there is. */
    PING("a ping", Message::smallest),
    PING_TEXT_ID("a ping with a text as id", c -> smallest(c).with("id", "ping-" + c.nextId())),
    PING_LARGE_ID("a ping with a large number as id", c -> smallest(c).with("id", 2_147_483_648L + c.nextId())),
    PING_NULL_ID("a ping with null as id", c -> smallest(c).with("id", Json.NULL)),

    // -- JSON-RPC
    UNKNOWN_METHOD("a request for an unknown method", c -> c.request("preflight/no-such-method", Json.MISSING)),
    SHUTDOWN("a shutdown request", c -> c.request("shutdown", Json.MISSING)),
    UNKNOWN_NOTIFICATION(
            "an unknown notification", c -> Json.object("jsonrpc", "2.0", "method", "notifications/preflight_unknown")),
    UNKNOWN_CANCELLATION(
            "a cancellation of an unknown request",
            c -> Json.object(
                    "jsonrpc",
                    "2.0",
                    "method",
                    "notifications/cancelled",
                    "params",
                    Json.object("requestId", 1_000_000_000L + c.nextId(), "reason", "preflight"))),
    MALFORMED_CANCELLATION(
            "a cancellation without a request id",
            c -> Json.object("jsonrpc", "2.0", "method", "notifications/cancelled", "params", Json.object())),
    STRAY_RESPONSE(
            "a response to no request",
            c -> Json.object("jsonrpc", "2.0", "id", 1_000_000_000L + c.nextId(), "result", Json.object())),
    NOT_JSON("text that is not JSON", Function.identity(), "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": "),
    EMPTY("an empty body", Function.identity(), ""),
    NOT_RPC("JSON that is not JSON-RPC", c -> Json.object("foo", 1)),
    OLD_RPC("a message of JSON-RPC 1.0", c -> smallest(c).with("jsonrpc", "1.0")),
    BATCH("a batch of two requests", c -> Json.array(smallest(c), c.request("tools/list", Json.MISSING))),
    BATCH_OF_NOTIFICATIONS(
            "a batch of notifications",
            c -> Json.array(UNKNOWN_CANCELLATION.json.apply(c), UNKNOWN_CANCELLATION.json.apply(c))),

    // -- HTTP alone
    LISTEN(Purpose.LISTEN, "GET", "a request for its event stream"),
    HEAD("a HEAD request", "HEAD", "a HEAD request"),
    PREFLIGHT("a CORS preflight request", "OPTIONS", "a CORS preflight request", Message::preflight),
    DELETE(Purpose.DELETE, "DELETE", "the end of its session"),

    // -- the first message of ChatGPT
    DISCOVER("server/discover as ChatGPT sends it", Message::discover, Message::asChatGpt),

    // -- the revision without a handshake
    DISCOVERY("a discovery", c -> c.request("server/discover", Json.MISSING)),
    OLD_PING("a ping of the older revisions", c -> c.request("ping", Json.MISSING)),
    OLD_INITIALIZE(
            "an initialize request of the older revisions",
            c -> initialize(c, c.target().revision())),
    NAMED("a request with a name", Message::named),
    SUBSCRIPTION(
            "a subscription to all changes",
            c -> c.request(
                    Outgoing.SUBSCRIPTION,
                    Json.object(
                            "notifications",
                            Json.object(
                                    "toolsListChanged", true,
                                    "promptsListChanged", true,
                                    "resourcesListChanged", true)))),

    // -- lists
    LIST_TOOLS("a request for the tools", c -> c.request("tools/list", Json.MISSING)),
    LIST_TOOLS_EMPTY_PARAMS("a request for the tools with empty params", c -> c.request("tools/list", Json.object())),
    LIST_TOOLS_BAD_CURSOR("a request for the tools after an unknown cursor", c -> afterUnknownCursor(c, "tools/list")),
    LIST_RESOURCES("a request for the resources", c -> c.request("resources/list", Json.MISSING)),
    LIST_RESOURCES_BAD_CURSOR(
            "a request for the resources after an unknown cursor", c -> afterUnknownCursor(c, "resources/list")),
    LIST_PROMPTS("a request for the prompts", c -> c.request("prompts/list", Json.MISSING)),
    LIST_PROMPTS_BAD_CURSOR(
            "a request for the prompts after an unknown cursor", c -> afterUnknownCursor(c, "prompts/list")),

    // -- tools
    CALL_UNKNOWN_TOOL("a call of an unknown tool", c -> call(c, "preflight_no_such_tool", Json.object())),
    CALL_WITHOUT_NAME(
            "a call without a tool name", c -> c.request("tools/call", Json.object("arguments", Json.object()))),
    CALL_TEXT_ARGUMENTS(
            "a call whose arguments are a text",
            c -> c.request(
                    "tools/call", Json.object("name", Tools.safe(c).get(0).name(), "arguments", "text"))),
    CALL_BAD_ARGUMENTS("a call whose arguments break the input schema", Tools::badCall),
    CALL_WITH_PROGRESS("a call of a safe tool", c -> {
        Tools.Call safe = Tools.safe(c).get(0);
        return call(c, safe.name(), safe.arguments());
    }),

    CALL_UPSTREAM("a call of the tool that shows its upstream", c -> c.target().calls().stream()
            .filter(ToolCall::showsUpstream)
            .findFirst()
            .map(echo -> call(c, echo.tool(), Json.parse(echo.arguments())))
            .orElseThrow(() -> new NotTested(
                    "a tool that shows what the service behind it is sent is missing: --upstream-echo TOOL=JSON"))),

    GIVE_HANDLE("a handle", Handles::give),
    USE_HANDLE("a call with the handle of another", Handles::use),

    // -- deep research
    SEARCH_KNOWN(Purpose.SEARCH, DeepResearch::search),
    FETCH_FOUND(Purpose.FETCH, DeepResearch::fetch),
    FETCH_UNKNOWN(Purpose.FETCH_UNKNOWN, DeepResearch::fetchUnknown),

    // -- resources
    READ_FIRST(
            "a read of its first resource",
            c -> c.request(
                    "resources/read",
                    Json.object(
                            "uri", c.firstOf(Listing.Kind.RESOURCES).get("uri").text()))),
    READ_UNKNOWN(
            "a read of an unknown resource",
            c -> c.request("resources/read", Json.object("uri", "preflight://no/such/resource"))),
    READ_WITHOUT_URI("a read without a URI", c -> c.request("resources/read", Json.object())),
    READ_SYSTEM_FILE(
            "a read of a system file", c -> c.request("resources/read", Json.object("uri", "file:///etc/passwd"))),
    SUBSCRIBE(
            "a subscription to its first resource",
            c -> c.request(
                    "resources/subscribe",
                    Json.object(
                            "uri", c.firstOf(Listing.Kind.RESOURCES).get("uri").text()))),
    UNSUBSCRIBE(
            "an end of the subscription to its first resource",
            c -> c.request(
                    "resources/unsubscribe",
                    Json.object(
                            "uri", c.firstOf(Listing.Kind.RESOURCES).get("uri").text()))),

    // -- prompts
    GET_PLAIN_PROMPT(
            "a request for a prompt without required arguments",
            c -> c.request(
                    "prompts/get",
                    Json.object("name", Prompts.plain(c).get("name").text(), "arguments", Json.object()))),
    GET_UNKNOWN_PROMPT(
            "a request for an unknown prompt",
            c -> c.request("prompts/get", Json.object("name", "preflight_no_such_prompt"))),
    GET_PROMPT_WITHOUT_ARGUMENTS(
            "a request for a prompt without its required arguments",
            c -> c.request(
                    "prompts/get",
                    Json.object("name", Prompts.demanding(c).get("name").text()))),
    GET_PROMPT_BAD_ARGUMENTS(
            "a request for a prompt with arguments of the wrong type",
            c -> c.request(
                    "prompts/get",
                    Json.object(
                            "name", Listing.nameOf(c.firstOf(Listing.Kind.PROMPTS)), "arguments", Json.array(1, 2)))),

    // -- completion and logging
    COMPLETE("a completion of a prompt argument", c -> complete(c, Prompts.reference(c), Prompts.argument(c))),
    COMPLETE_WITH_CONTEXT("a completion with a context", c -> {
        Json request = complete(c, Prompts.reference(c), Prompts.argument(c));
        Json context = Json.object("arguments", Json.object("preflight", "known"));
        return request.with("params", request.get("params").with("context", context));
    }),
    COMPLETE_UNKNOWN_PROMPT(
            "a completion for an unknown prompt",
            c -> complete(
                    c,
                    Json.object("type", "ref/prompt", "name", "preflight_no_such_prompt"),
                    Json.object("name", "any", "value", ""))),
    COMPLETE_WITHOUT_ARGUMENT(
            "a completion without an argument",
            c -> c.request("completion/complete", Json.object("ref", Prompts.reference(c)))),
    COMPLETE_BAD_REFERENCE(
            "a completion of an unknown kind",
            c -> complete(
                    c, Json.object("type", "ref/nothing", "name", "any"), Json.object("name", "any", "value", 1))),
    COMPLETE_ANYTHING(
            "a completion request",
            c -> complete(
                    c, Json.object("type", "ref/prompt", "name", "any"), Json.object("name", "any", "value", ""))),
    SET_LEVEL("a request to log from warning on", c -> c.request("logging/setLevel", Json.object("level", "warning"))),
    SET_UNKNOWN_LEVEL(
            "a request to log from an unknown level on",
            c -> c.request("logging/setLevel", Json.object("level", "loud")));

    private final String phrase;
    private final String purpose;
    private final String method;
    private final Function<Conversation, Json> json;
    private final String text;
    private final UnaryOperator<HttpRequest> adjustment;

    Message(String phrase, Function<Conversation, Json> json) {
        this(phrase, phrase, "POST", json, null, UnaryOperator.identity());
    }

    Message(String phrase, Function<Conversation, Json> json, UnaryOperator<HttpRequest> adjustment) {
        this(phrase, phrase, "POST", json, null, adjustment);
    }

    /** A text that is sent as it is; the function is there for the compiler to tell the constructors apart. */
    Message(String phrase, Function<?, ?> nothing, String text) {
        this(phrase, phrase, "POST", null, text, UnaryOperator.identity());
    }

    Message(String purpose, String method, String phrase) {
        this(phrase, purpose, method, null, null, UnaryOperator.identity());
    }

    Message(String purpose, String method, String phrase, UnaryOperator<HttpRequest> adjustment) {
        this(phrase, purpose, method, null, null, adjustment);
    }

    Message(
            String phrase,
            String purpose,
            String method,
            Function<Conversation, Json> json,
            String text,
            UnaryOperator<HttpRequest> adjustment) {
        this.phrase = phrase;
        this.purpose = purpose;
        this.method = method;
        this.json = json;
        this.text = text;
        this.adjustment = adjustment;
    }

    /** The message that scenarios call so. */
    public static Message of(String phrase) {
        return Phrases.find(values(), phrase, "message");
    }

    @Override
    public String phrase() {
        return phrase;
    }

    /** Whether only HTTP can carry it. */
    boolean isHttpOnly() {
        return !method.equals("POST");
    }

    /** Whether once in a run is enough, because it makes the target work and the answer stays the same. */
    boolean isSentOnce() {
        return this == SEARCH_KNOWN || this == FETCH_FOUND || this == FETCH_UNKNOWN;
    }

    Outgoing write(Conversation conversation) {
        if (json == null) {
            // Over standard streams an error without id may answer it, so that an answer is awaited but not demanded.
            return new Outgoing(purpose, text == null ? "" : text, Json.MISSING, method, adjustment);
        }
        Json message = json.apply(conversation);
        Json id = message.isArray() ? message.at(message.size() - 1).get("id") : message.get("id");
        boolean awaits = message.get("method").isPresent() || message.isArray();
        return new Outgoing(
                purpose, message.toString(), awaits && !id.isNull() ? id : Json.MISSING, method, adjustment);
    }

    /** One that is the cheapest of those that a server offers: a read, a prompt, or the call of a tool. */
    private static Json named(Conversation conversation) {
        Json declared = conversation.contact().capabilities();
        for (Map.Entry<String, Message> candidate : List.of(
                Map.entry("resources", READ_FIRST),
                Map.entry("prompts", GET_PLAIN_PROMPT),
                Map.entry("tools", CALL_WITH_PROGRESS))) {
            try {
                if (declared.get(candidate.getKey()).isObject()) {
                    return candidate.getValue().json.apply(conversation);
                }
            } catch (NotApplicable | NotTested e) {
                // The next one may do.
            }
        }
        throw new NotTested("nothing of it can be asked for by its name; a tool to call: --call TOOL=JSON");
    }

    private static Json opening(Conversation conversation) {
        return conversation.contact().isModern()
                ? smallest(conversation)
                : initialize(conversation, conversation.target().revision());
    }

    /** The modern revision has no ping; what every server of it answers is as harmless. */
    private static Json smallest(Conversation conversation) {
        boolean pings = !conversation.contact().isModern();
        return conversation.request(pings ? "ping" : "server/discover", Json.MISSING);
    }

    private static Json initialize(Conversation conversation, String revision) {
        return conversation.request(
                "initialize",
                Json.object(
                        "protocolVersion",
                        revision,
                        "capabilities",
                        Json.object(),
                        "clientInfo",
                        Json.object("name", "mcp-preflight", "version", "0.1")));
    }

    private static Json richInitialize(Conversation conversation) {
        Json icon = Json.object("src", "https://example.com/icon.png", "mimeType", "image/png");
        return conversation.request(
                "initialize",
                Json.object(
                        "protocolVersion",
                        conversation.target().revision(),
                        "capabilities",
                        Json.object(
                                "roots",
                                Json.object("listChanged", true),
                                "experimental",
                                Json.object("preflight/unknown", Json.object("level", 3)),
                                "extensions",
                                Json.object()),
                        "clientInfo",
                        Json.object(
                                "name",
                                "mcp-preflight",
                                "title",
                                "MCP Preflight",
                                "version",
                                "0.1",
                                "websiteUrl",
                                "https://example.com",
                                "icons",
                                Json.array(icon)),
                        "_meta",
                        Json.object("dev.mcppreflight/unknown", "value"),
                        "preflightUnknown",
                        true));
    }

    private static Json bareInitialize(Conversation conversation) {
        return conversation.request(
                "initialize",
                Json.object("protocolVersion", conversation.target().revision(), "capabilities", Json.object()));
    }

    private static Json discover(Conversation conversation) {
        Json meta = Json.object(
                "io.modelcontextprotocol/protocolVersion",
                "2026-07-28",
                "io.modelcontextprotocol/clientInfo",
                Json.object("name", "openai-mcp", "version", "1.0.0"),
                "io.modelcontextprotocol/clientCapabilities",
                Json.object());
        return conversation
                .request("server/discover", Json.object("_meta", meta))
                .with("id", "openai-mcp-discover-" + conversation.nextId());
    }

    private static HttpRequest asChatGpt(HttpRequest request) {
        return request.with(HttpHeaders.VERSION, "2026-07-28")
                .with("Mcp-Method", "server/discover")
                .with("Accept-Encoding", "gzip");
    }

    /** Asks for leave for the headers and carries none of them (Fetch standard, CORS-preflight fetch). */
    private static HttpRequest preflight(HttpRequest request) {
        return request.with("Origin", Caller.INSPECTOR_ORIGIN)
                .with("Access-Control-Request-Method", "POST")
                .with(
                        "Access-Control-Request-Headers",
                        "authorization, content-type, mcp-protocol-version, mcp-session-id")
                .with("Authorization", null)
                .with(HttpHeaders.SESSION, null)
                .with(HttpHeaders.VERSION, null);
    }

    private static Json afterUnknownCursor(Conversation conversation, String method) {
        return conversation.request(method, Json.object("cursor", "preflight-no-such-cursor"));
    }

    private static Json call(Conversation conversation, String tool, Json arguments) {
        return conversation.request("tools/call", Json.object("name", tool, "arguments", arguments));
    }

    private static Json complete(Conversation conversation, Json reference, Json argument) {
        return conversation.request("completion/complete", Json.object("ref", reference, "argument", argument));
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return java.util.Arrays.stream(values()).map(Message::phrase).toList();
    }
}
