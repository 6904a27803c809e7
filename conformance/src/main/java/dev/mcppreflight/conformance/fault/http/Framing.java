package dev.mcppreflight.conformance.fault.http;

import java.nio.charset.StandardCharsets;

/** How an event becomes bytes. */
@FunctionalInterface
public interface Framing {

    Framing STANDARD = event -> event.text().getBytes(StandardCharsets.UTF_8);

    byte[] frame(Event event);
}
