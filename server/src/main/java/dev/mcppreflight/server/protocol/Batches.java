package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.Optional;

/** The rules for JSON-RPC batches (2025-03-26, basic, "Batching"; removed in 2025-06-18). */
public final class Batches {

    private Batches() {}

    /**
     * Returns why this batch is refused, or nothing.
     *
     * @param batch the batch
     * @param revision the revision of the session, or null before {@code initialize}
     */
    public static Optional<RpcError> objection(Message.Batch batch, Revision revision) {
        boolean initializes = batch.messages().stream()
                .anyMatch(m ->
                        m instanceof Message.Request request && request.method().equals(McpSchema.METHOD_INITIALIZE));
        if (initializes) {
            return Optional.of(
                    new RpcError(RpcError.INVALID_REQUEST, "Invalid request: initialize must not be part of a batch"));
        }
        return revision != null && revision.hasBatches()
                ? Optional.empty()
                : Optional.of(new RpcError(
                        RpcError.INVALID_REQUEST,
                        "Invalid request: batches exist in revision 2025-03-26 only, send one message"));
    }
}
