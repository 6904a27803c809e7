package dev.mcppreflight.conformance.wire;

import java.util.Set;

/** What the requests of the first contact are sent for; diagnosis finds its evidence by these words. */
public final class Purpose {

    /** The stream of HTTP+SSE, or the probe whether there is one. */
    public static final String STREAM = "open the event stream";

    /** The optional stream of Streamable HTTP. */
    public static final String LISTEN = "open the listening stream";

    /** The question of the modern revision, which ChatGPT asks first. */
    public static final String DISCOVER = "server/discover";

    public static final String INITIALIZE = "initialize";
    public static final String INITIALIZED = "initialized notification";
    public static final String LIST_TOOLS = "tools/list";
    public static final String LIST_RESOURCES = "resources/list";
    public static final String LIST_TEMPLATES = "resources/templates/list";
    public static final String LIST_PROMPTS = "prompts/list";
    public static final String DELETE = "end the session";

    // -- signing in

    /** Reading the protected-resource metadata that a challenge points to (RFC 9728). */
    public static final String METADATA = "read the sign-in metadata";

    /** The same at the well-known place with the path of the server behind it. */
    public static final String METADATA_AT_PATH = "read the sign-in metadata at its path";

    /** The same at the well-known place alone. */
    public static final String METADATA_AT_ROOT = "read the sign-in metadata at the root";

    /** Reading the metadata of an authorization server (RFC 8414). */
    public static final String ISSUER_OAUTH = "read the authorization server's metadata";

    /** The same as OpenID Connect Discovery has it. */
    public static final String ISSUER_OPENID = "read the authorization server's OpenID metadata";

    /** The same with the well-known place behind the path of the issuer. */
    public static final String ISSUER_OPENID_APPENDED = "read the OpenID metadata below the issuer's path";

    /** Looking for it where the path of the MCP server stands behind the well-known place. */
    public static final String ISSUER_BELOW_PATH = "look for authorization server metadata below the path";

    /** Looking for an endpoint that nothing names (2025-03-26). */
    public static final String DEFAULT_ENDPOINT = "look for a default endpoint";

    /** Opening the page on which a user signs in. */
    public static final String AUTHORIZE = "open the authorization page";

    /** Asking the token endpoint for what it cannot give. */
    public static final String INVENTED_CODE = "exchange an invented code";

    public static final String INVENTED_REFRESH = "use an invented refresh token";

    /** Registering a client (RFC 7591). */
    public static final String REGISTER = "register a client";

    public static final String REGISTER_AGAIN = "register another client";
    public static final String REGISTER_PLAIN = "register a client that returns without TLS";

    /** Registering a client with the callback of a host; its name follows. */
    public static final String REGISTER_FOR = "register with the callback of ";

    /** Letting the user sign in. */
    public static final String BROWSER = "sign in with the browser";

    /** Opening the authorization page with something unusual. */
    public static final String AUTHORIZE_ELSEWHERE = "open the authorization page with another redirect";

    public static final String AUTHORIZE_WITHOUT_PROOF = "open the authorization page without a proof key";
    public static final String AUTHORIZE_WITHOUT_RESOURCE = "open the authorization page without a resource";
    public static final String AUTHORIZE_ALL_SCOPES = "open the authorization page for every scope";
    public static final String AUTHORIZE_DOCUMENT = "open the authorization page for a client document";
    public static final String AUTHORIZE_BAD_DOCUMENT = "open the authorization page for a wrong client document";

    /** Opening the authorization page for a document at an inner address. */
    public static final String AUTHORIZE_INNER = "open the authorization page for an inner client document";

    /** What is done at a proxy, where the operator gives leave. */
    public static final String PROXY_PAGE = "open the page of a proxy";

    public static final String PROXY_CONSENT = "press the button that allows at a proxy";
    public static final String PROXY_RETURN = "come back to a proxy from its third party";

    /** Getting a token. */
    public static final String EXCHANGE = "exchange the code for a token";

    public static final String MACHINE_TOKEN = "get a token by client credentials";
    public static final String REFRESH = "refresh the token";

    /** Everything that signing in sends, to whomever. */
    public static final Set<String> SIGN_IN = Set.of(
            METADATA,
            METADATA_AT_PATH,
            METADATA_AT_ROOT,
            ISSUER_OAUTH,
            ISSUER_OPENID,
            ISSUER_OPENID_APPENDED,
            ISSUER_BELOW_PATH,
            DEFAULT_ENDPOINT,
            AUTHORIZE,
            INVENTED_CODE,
            INVENTED_REFRESH,
            REGISTER,
            REGISTER_AGAIN,
            REGISTER_PLAIN,
            REGISTER_FOR + "chatgpt",
            REGISTER_FOR + "claude",
            REGISTER_FOR + "claude-code",
            REGISTER_FOR + "mcp-remote",
            BROWSER,
            AUTHORIZE_ELSEWHERE,
            AUTHORIZE_WITHOUT_PROOF,
            AUTHORIZE_WITHOUT_RESOURCE,
            AUTHORIZE_ALL_SCOPES,
            AUTHORIZE_DOCUMENT,
            AUTHORIZE_BAD_DOCUMENT,
            EXCHANGE,
            MACHINE_TOKEN,
            REFRESH);

    /** Looking for the server at another usual path of the same host. */
    public static final String ELSEWHERE = "look at another usual path";

    /** Asking the resolver for the addresses of the host; they stand in the body, one a line. */
    public static final String RESOLVE = "resolve the name";

    // -- what deep research asks
    public static final String SEARCH = "a search for a word that it knows";
    public static final String FETCH = "a fetch of what search found";
    public static final String FETCH_UNKNOWN = "a fetch of an unknown document";

    // -- what the survey asks after the checks

    public static final String AGAIN = "initialize once more";
    public static final String OTHER_VERSION = "initialize in another version";
    public static final String RICHER = "initialize as a client that can do more";
    public static final String OTHER_HOST = "ask under the name localhost";
    public static final String WITHOUT_QUERY = "ask without the query";
    public static final String WITHOUT_SLASH = "ask without the slash at the end";
    public static final String UPGRADE = "offer an upgrade to HTTP/2";
    public static final String EARLY_WELCOME = "initialize without a confirmation";
    public static final String EARLY_LIST = "tools/list before the confirmation";
    public static final String VENDOR_LIST = "tools/list as ChatGPT";
    public static final String READ_TEMPLATE = "read the page of a tool";
    public static final String PING_ALONE = "a ping before the slow call";
    public static final String SLOW_CALL = "call a slow tool again";
    public static final String PING_BESIDE = "a ping beside the slow call";
    // -- what it asks where it may load the server

    public static final String LARGE = "a ping of more than a million octets";
    public static final String HELD_STREAM = "hold a stream";
    public static final String CROWD = "initialize once more of many";
    public static final String BESIDE_STREAMS = "a ping beside many open streams";
    public static final String AFTER_REST = "a ping after a rest";

    // -- what a crowd does, where one may come

    public static final String CROWD_STREAM = "open one stream of many";
    public static final String CROWD_PING = "a ping beside a crowd of idle streams";
    public static final String CROWD_EARLY = "ask before initialize, with many others";
    public static final String CROWD_MEMBER = "initialize with many others";
    public static final String CROWD_NEWCOMER = "initialize after a crowd";

    /** Whose refusal by 429 is an answer to how many came, and not to how often this run asked. */
    public static final Set<String> OF_CROWD =
            Set.of(CROWD_STREAM, CROWD_PING, CROWD_EARLY, CROWD_MEMBER, CROWD_NEWCOMER);

    public static final String CONFIGURATION = "read the configuration";

    /** At the end of what was asked in the modern revision, of a target that speaks it beside an older one. */
    public static final String BESIDE = " in 2026-07-28";

    private Purpose() {}

    /** How a request is sent for a purpose, where that is not as any client would: what follows it in the record. */
    public static String manner(String purpose) {
        int by = purpose.indexOf(", by ");
        return by < 0 ? "" : purpose.substring(by);
    }
}
