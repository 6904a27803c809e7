package dev.mcppreflight.server.stateless;

/** The keys of {@code _meta} that the specification reserves (2026-07-28, basic, "_meta"). */
final class MetaKeys {

    private static final String PREFIX = "io.modelcontextprotocol/";

    /** The revision of a request. */
    static final String VERSION = PREFIX + "protocolVersion";
    /** What the client can do. */
    static final String CAPABILITIES = PREFIX + "clientCapabilities";
    /** From which level on the client wants log messages. */
    static final String LOG_LEVEL = PREFIX + "logLevel";
    /** Who answers. */
    static final String SERVER_INFO = PREFIX + "serverInfo";
    /** The subscription that a message belongs to. */
    static final String SUBSCRIPTION = PREFIX + "subscriptionId";

    private MetaKeys() {}
}
