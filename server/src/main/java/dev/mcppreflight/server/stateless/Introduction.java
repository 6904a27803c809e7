package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.LogLevel;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import java.util.List;
import java.util.Map;

/**
 * How the client of a request introduces itself in {@code _meta}. What it calls itself is not read: nothing depends on it.
 *
 * @param revision the revision that the request is of
 * @param capabilities what the client can do
 * @param level from which level on it wants log messages, or null for none
 */
record Introduction(Revision revision, Map<?, ?> capabilities, LogLevel level) {

    /**
     * Reads the introduction of a request.
     *
     * @throws RpcException when it is not complete, or of a revision that is not spoken in this way
     */
    static Introduction of(Message.Request request) {
        Map<?, ?> meta = request.meta();
        if (!(meta.get(MetaKeys.VERSION) instanceof String version)) {
            throw RpcException.invalidParams("_meta needs " + MetaKeys.VERSION + ", a string");
        }
        Revision revision = Revision.of(version)
                .filter(Revision::isStateless)
                .orElseThrow(() -> new RpcException(unsupported(version)));
        // Only now: another revision may ask for something else.
        if (!(meta.get(MetaKeys.CAPABILITIES) instanceof Map<?, ?> capabilities)) {
            throw RpcException.invalidParams("_meta needs " + MetaKeys.CAPABILITIES + ", an object");
        }
        Object level = meta.get(MetaKeys.LOG_LEVEL);
        if (level == null) {
            return new Introduction(revision, capabilities, null);
        }
        return new Introduction(
                revision,
                capabilities,
                LogLevel.of(level)
                        .orElseThrow(() -> RpcException.invalidParams(MetaKeys.LOG_LEVEL + " is no log level")));
    }

    /** Only revisions that the same request can be repeated in: the others begin with {@code initialize}. */
    private static RpcError unsupported(String version) {
        List<String> supported = Revision.dates(true);
        return new RpcError(
                RpcError.UNSUPPORTED_VERSION,
                "Unsupported protocol version: supported is " + String.join(", ", supported)
                        + "; older revisions begin with initialize",
                Map.of("supported", supported, "requested", version));
    }

    /** Returns the client of the request, on whose behalf ever it speaks. */
    Peer peer(String principal) {
        return Peer.ofRequest(principal, revision, capabilities, level);
    }
}
