package dev.mcppreflight.conformance.fault.mcp;

/** What a healthy server may be like; none of this is wrong. */
public enum Trait {
    /** Streamable HTTP without session ids and without a GET stream. */
    STATELESS,
    /** Streamable HTTP that answers requests by event streams instead of JSON. */
    STREAMING,
    /** Resources and prompts, but no tools. */
    TOOLS_LESS,
    /** Everything that a server can offer, in pages. */
    FULL,
    /** HTTP+SSE alone: there is no Streamable HTTP endpoint beside it. */
    SSE_ONLY,
    /** Streamable HTTP alone: there is no HTTP+SSE endpoint beside it. */
    STREAMABLE_ONLY,
    /** The revision without a handshake, beside the older ones. */
    MODERN,
    /** That revision alone. */
    MODERN_ONLY,
    /** Signs its callers in by OAuth, with an authorization server at its own origin. */
    OAUTH,
    /** Does so when a tool is called, and lets everybody connect. */
    OAUTH_AT_CALLS,
    /** Does so with an authorization server that is a proxy of another one. */
    OAUTH_PROXY,
    /** Does so by the rules of 2025-03-26, which knew no resource metadata. */
    OAUTH_AT_ORIGIN
}
