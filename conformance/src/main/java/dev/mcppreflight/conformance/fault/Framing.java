package dev.mcppreflight.conformance.fault;

import java.nio.charset.StandardCharsets;

/** How an event becomes bytes. */
@FunctionalInterface
interface Framing {

    Framing STANDARD = event -> event.text().getBytes(StandardCharsets.UTF_8);

    byte[] frame(Event event);
}
