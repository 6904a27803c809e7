package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/**
 * The outcome of {@code initialize}.
 *
 * @param revision the negotiated revision
 * @param result what the client is told
 */
public record Handshake(Revision revision, InitializeResult result) {

    /**
     * Returns the handshake that the core proposes, without the logging capability: the core adds it to every server,
     * and a declared capability has to be real.
     */
    public static Handshake of(InitializeResult proposed) {
        Revision revision = Revision.of(proposed.protocolVersion()).orElseThrow();
        ServerCapabilities core = proposed.capabilities();
        ServerCapabilities declared =
                new ServerCapabilities(core.completions(), null, null, core.prompts(), core.resources(), core.tools());
        return new Handshake(
                revision,
                new InitializeResult(
                        revision.date(), declared, proposed.serverInfo(), proposed.instructions(), proposed.meta()));
    }
}
