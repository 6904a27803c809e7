package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.ClientFailure;
import dev.mcppreflight.server.protocol.Inquiry;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.List;
import java.util.Map;

/**
 * A tool of the official suite; how it is described stands in {@code tools.json}.
 *
 * @param name its name
 * @param asks whether it asks or tells the client something unasked
 * @param work what it does
 */
record Fixture(String name, boolean asks, Work work) {

    /** What a tool does. */
    @FunctionalInterface
    interface Work {

        /**
         * Returns the content of the result.
         *
         * @throws Failed when the result is an error
         */
        List<Map<String, Object>> call(Map<?, ?> arguments, RequestContext context);
    }

    /** The tool failed; the message is the content. */
    static final class Failed extends RuntimeException {
        Failed(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Asks the client something.
     *
     * @throws Failed when that comes to nothing
     */
    static Map<?, ?> ask(Inquiry inquiry, RequestContext context) {
        return ask(List.of(inquiry), context).get(inquiry.name());
    }

    /**
     * Asks the client several things at once.
     *
     * @throws Failed when that comes to nothing
     */
    static Map<String, Map<?, ?>> ask(List<Inquiry> inquiries, RequestContext context) {
        try {
            return context.ask(inquiries);
        } catch (ClientFailure e) {
            throw new Failed("Asking came to nothing: " + e.getMessage());
        }
    }

    /** Returns a tool that just answers. */
    static Fixture plain(String name, Work work) {
        return new Fixture(name, false, work);
    }

    /** Returns a tool that talks with the client before it answers. */
    static Fixture asking(String name, Work work) {
        return new Fixture(name, true, work);
    }
}
