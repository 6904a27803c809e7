package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;

/** How a client is asked something in the course of its request, see {@link RequestContext#ask}. */
@FunctionalInterface
public interface Asking {

    /** Returns the answers by the names of the inquiries. */
    Map<String, Map<?, ?>> ask(List<Inquiry> inquiries);
}
