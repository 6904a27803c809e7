package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.ActiveRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Optional;
import java.util.function.Supplier;

/** A request that has been taken, and from then on can be cancelled. */
public final class PendingResult {

    private final ActiveRequest course;
    private final Supplier<Optional<JSONRPCResponse>> work;

    PendingResult(ActiveRequest course, Supplier<Optional<JSONRPCResponse>> work) {
        this.course = course;
        this.work = work;
    }

    /** Makes the answer on this thread; there is none when the client has lost interest. */
    public Optional<JSONRPCResponse> answer() {
        return work.get();
    }

    /** Notes that the client has lost interest: nothing more is said to it. */
    public void cancel() {
        course.cancel();
    }
}
