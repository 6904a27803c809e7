package dev.mcppreflight.conformance.diagnosis;

/**
 * What the exchanges of checks were sent for, and by whom, in the words under which they are recorded. What the first
 * contact sends is named by {@link dev.mcppreflight.conformance.wire.Purpose}.
 */
final class Sent {

    /** Stands between a purpose and the client, where that is a special one. */
    static final String BY = ", by ";

    // -- purposes
    static final String RICH_INITIALIZE = "an initialize request with members that nobody knows yet";
    static final String INITIALIZE = "an initialize request";
    static final String INITIALIZE_PAST = "an initialize request for a revision of the past";
    static final String INITIALIZE_FUTURE = "an initialize request for a revision of the future";
    static final String UNKNOWN_NOTIFICATION = "an unknown notification";
    static final String CANCELLATION = "a cancellation of an unknown request";
    static final String MALFORMED_CANCELLATION = "a cancellation without a request id";
    static final String PING = "a ping";
    static final String PING_TEXT_ID = "a ping with a text as id";
    static final String PING_LARGE_ID = "a ping with a large number as id";
    static final String PING_NULL_ID = "a ping with null as id";
    static final String UNKNOWN_METHOD = "a request for an unknown method";
    static final String SHUTDOWN = "a shutdown request";
    static final String NOT_JSON = "text that is not JSON";
    static final String EMPTY = "an empty body";
    static final String NOT_RPC = "JSON that is not JSON-RPC";
    static final String OLD_RPC = "a message of JSON-RPC 1.0";
    static final String HEAD = "a HEAD request";
    static final String PREFLIGHT = "a CORS preflight request";
    static final String DISCOVER = "server/discover as ChatGPT sends it";
    static final String TOOLS = "a request for the tools";
    static final String RESOURCES = "a request for the resources";
    static final String PROMPTS = "a request for the prompts";
    static final String COMPLETION = "a completion request";
    static final String LOG_LEVEL = "a request to log from warning on";
    static final String SAFE_CALL = "a call of a safe tool";
    static final String BAD_CALL = "a call whose arguments break the input schema";
    static final String TEXT_CALL = "a call whose arguments are a text";
    static final String UNKNOWN_CALL = "a call of an unknown tool";
    static final String NAMELESS_CALL = "a call without a tool name";

    /** The question with which checks look whether a target survived what was done to it. */
    static final String STILL_SERVING = "a ping to see whether it still serves";

    static final String SERVING_OTHERS = "a first message to see whether it serves others";

    /** What the Java SDK's own client sends. */
    static final String REAL_CLIENT = "the Java SDK's client";

    // -- clients
    static final String STRANGER = "a client that has not initialized";
    static final String UNCONFIRMED = "a client that has not confirmed its handshake";
    static final String ENDED = "a client whose session has ended";
    static final String INVENTOR = "a client with an invented session id";
    static final String ANONYMOUS = "a client without credentials";
    static final String UNKNOWN = "an unknown client";
    static final String WRONG = "a client with a wrong token";
    static final String EMPTY_TOKEN = "a client with an empty token";
    static final String OTHER_SCHEME = "a client with another authentication scheme";
    static final String EXPIRED = "a client with an expired token";
    static final String OTHER_AUDIENCE = "a client with a token for another server";
    static final String NO_AUDIENCE = "a client with a token for no server";
    static final String FEW_PERMISSIONS = "a client with few permissions";
    static final String SECOND_USER = "another user in the same session";
    static final String TAMPERER = "a client with a changed token";
    static final String FOREIGNER = "a client with a token of another issuer";
    static final String UNSIGNED = "a client with an unsigned token";
    static final String FOREIGN_PAGE = "a foreign web page";
    static final String LOCAL_PAGE = "a web page on this machine";
    static final String EARLY_VERSION = "a client with its version header from the start";
    static final String STREAMABLE = "a client of Streamable HTTP";
    static final String JSON_ONLY = "a client that accepts only JSON";
    static final String REVERSED = "a client that lists its types in another order";
    static final String CHARSET = "a client that names its character set";
    static final String COMPRESSES = "a client that offers compression";
    static final String VENDOR = "a client that calls itself ChatGPT";

    private Sent() {}
}
