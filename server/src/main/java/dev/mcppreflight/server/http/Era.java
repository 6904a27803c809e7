package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.stateless.StatelessProtocol;
import io.modelcontextprotocol.spec.McpSchema;
import javax.servlet.http.HttpServletRequest;

/** Tells requests of sessions from those that stand for themselves (2026-07-28, basic/versioning, "Backward Compatibility"). */
final class Era {

    /** The header of the revision. */
    static final String VERSION = "MCP-Protocol-Version";
    /** The header of the session. */
    static final String SESSION = "Mcp-Session-Id";

    private Era() {}

    /** Tells whether a request, of which the body may not have been read, says that it is of a revision without sessions. */
    static boolean isStateless(HttpServletRequest request) {
        String version = request.getHeader(VERSION);
        return version != null
                && Revision.of(version.strip()).filter(Revision::isStateless).isPresent();
    }

    /** Tells whether a message stands for itself: it says so, or has a method that no session has. */
    static boolean isStateless(HttpServletRequest request, Message message) {
        if (!(message instanceof Message.Request call)) {
            return isStateless(request);
        }
        if (StatelessProtocol.isIntroducedBy(call)) {
            return true;
        }
        // Some clients name the newest revision they know in a header, and still begin a session.
        if (call.method().equals(McpSchema.METHOD_INITIALIZE)) {
            return false;
        }
        return isStateless(request) || request.getHeader(SESSION) == null && StatelessProtocol.owns(call.method());
    }
}
