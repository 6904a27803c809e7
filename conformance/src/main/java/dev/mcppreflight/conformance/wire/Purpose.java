package dev.mcppreflight.conformance.wire;

/** What the requests of the first contact are sent for; diagnosis finds its evidence by these words. */
public final class Purpose {

    /** The stream of HTTP+SSE, or the probe whether there is one. */
    public static final String STREAM = "open the event stream";

    /** The optional stream of Streamable HTTP. */
    public static final String LISTEN = "open the listening stream";

    public static final String INITIALIZE = "initialize";
    public static final String INITIALIZED = "initialized notification";
    public static final String LIST_TOOLS = "tools/list";
    public static final String LIST_RESOURCES = "resources/list";
    public static final String LIST_TEMPLATES = "resources/templates/list";
    public static final String LIST_PROMPTS = "prompts/list";
    public static final String DELETE = "end the session";

    /** Reading the protected-resource metadata that a challenge points to (RFC 9728). */
    public static final String METADATA = "read the sign-in metadata";

    /** Looking for the server at another usual path of the same host. */
    public static final String ELSEWHERE = "look at another usual path";

    /** Asking the resolver for the addresses of the host; they stand in the body, one a line. */
    public static final String RESOLVE = "resolve the name";

    private Purpose() {}
}
