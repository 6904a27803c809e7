package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.List;
import java.util.Optional;

/**
 * What came back, unredacted, for deciding what to do next; evidence is {@link #exchange()}.
 *
 * @param status 0 when no answer came
 * @param body the body as text; empty for an event stream
 * @param events the events of an event stream
 * @param failure why no whole answer came, or null
 */
public record HttpAnswer(
        int status, List<Header> headers, String body, List<SseEvent> events, Failure failure, Recording recording) {

    public Optional<String> header(String name) {
        return Header.first(headers, name);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The redacted record of this exchange. */
    public Exchange exchange() {
        return recording.exchange();
    }
}
