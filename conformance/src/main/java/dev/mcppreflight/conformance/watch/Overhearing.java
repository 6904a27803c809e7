package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One exchange as it passes: what of it is kept, and how far it has come. The connection fills it in; everybody else looks at
 * it.
 */
final class Overhearing implements Framing.Content {

    /**
     * What is asked, in words that hold no secret.
     *
     * @param url the address as the client wrote it
     * @param headers fit to be shown
     * @param body fit to be shown; cut where it was too long
     * @param session the session that it names; empty for none
     * @param origin the socket address that it came from
     */
    record Asked(String method, String url, List<Header> headers, String body, String session, String origin) {

        /** The path with its query. */
        String path() {
            int slash = url.indexOf('/', url.indexOf("://") + 3);
            return slash < 0 ? "/" : url.substring(slash);
        }

        String header(String name) {
            return Header.first(headers, name).orElse("");
        }

        boolean isPost() {
            return method.equals("POST");
        }

        boolean isGet() {
            return method.equals("GET");
        }

        /** What was sent, as JSON; missing for anything else. */
        Json message() {
            return Json.parseOrMissing(body);
        }
    }

    private final long number;
    private final Instant at = Instant.now();
    private final Asked asked;
    private final Recording recording;
    private final Secrets secrets;
    private final Allowance allowance;
    private final Witness witness;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private SseParser rest;
    private Inflating inflating;
    private boolean streams;
    private boolean unreadable;
    private boolean cut;
    private long octets;
    private volatile int status;
    private volatile long leftAt = -1;
    private volatile boolean over;
    private boolean closed;
    private boolean kept;
    private Failure failure;
    private long endedAt = -1;

    Overhearing(
            long number,
            Asked asked,
            boolean cut,
            Recording recording,
            Secrets secrets,
            Allowance allowance,
            Witness w) {
        this.number = number;
        this.asked = asked;
        this.cut = cut;
        this.recording = recording;
        this.secrets = secrets;
        this.allowance = allowance;
        this.witness = w;
    }

    // ---- what the connection tells

    /** For who makes the connection to the server. */
    Recording recording() {
        return recording;
    }

    void answered(int code, List<Header> headers) {
        List<Header> clean = secrets.headers(headers);
        recording.firstByte();
        recording.answered(code, clean);
        streams = header(clean, "Content-Type").startsWith("text/event-stream");
        decode(header(clean, "Content-Encoding"));
        status = code;
        witness.answered(this);
    }

    private void decode(String coding) {
        boolean wanted = coding.isEmpty() || asked.header("Accept-Encoding").contains(coding);
        switch (coding) {
            case "", "identity" -> {}
            case "gzip", "x-gzip" -> inflating = wanted ? Inflating.gzip(this::plain) : null;
            case "deflate" -> inflating = wanted ? Inflating.deflate(this::plain) : null;
            default -> unreadable = true;
        }
    }

    private static String header(List<Header> headers, String name) {
        return Header.first(headers, name).orElse("").trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public void accept(byte[] content, int offset, int length) {
        if (unreadable) {
            octets += length;
        } else if (inflating != null) {
            inflating.accept(content, offset, length);
        } else {
            plain(content, offset, length);
        }
    }

    private void plain(byte[] content, int offset, int length) {
        octets += length;
        if (!streams) {
            int kept = allowance.take(length, body.size());
            body.write(content, offset, kept);
            cut |= kept < length;
            return;
        }
        int kept = rest == null ? allowance.take(length, octets - length) : 0;
        for (int i = offset; i < offset + length; i++) {
            if (rest == null && i - offset >= kept) {
                cut = true;
                rest = new SseParser();
            }
            SseEvent event = rest == null
                    ? recording.streamOctet(content[i] & 0xFF)
                    : rest.accept(content[i] & 0xFF, 0).orElse(null);
            if (event != null) {
                dispatched(event);
            }
        }
    }

    private void dispatched(SseEvent event) {
        // After what is kept, events are read for the answers in them and forgotten.
        rest = rest == null ? null : new SseParser();
        secrets.message(event.message());
        witness.event(this, event);
    }

    /** The answer came to its end. */
    void ended() {
        close(null);
    }

    /** No whole answer came. */
    void failed(Failure.Kind kind, String detail) {
        close(new Failure(kind, detail));
    }

    /** The client did not wait for the end. */
    void left() {
        leftAt = recording.elapsed();
        close(null);
    }

    private void close(Failure why) {
        if (closed) {
            return;
        }
        closed = true;
        failure = why;
        endedAt = recording.elapsed();
        if (inflating != null) {
            unreadable |= inflating.isBroken();
            inflating.close();
        }
        witness.ended(this);
    }

    /** Takes down how it ended, when nobody waits for that any more. */
    void settle() {
        byte[] kept = body.toByteArray();
        if (kept.length > 0) {
            secrets.body("", new String(kept, StandardCharsets.UTF_8));
            recording.body(kept);
        }
        if (failure != null) {
            recording.failed(failure.kind(), failure.detail());
        } else if (leftAt < 0) {
            recording.ended();
        } else {
            recording.end();
        }
        over = true;
    }

    /** It came on a connection that had served others before. */
    void onKeptConnection() {
        kept = true;
    }

    // ---- what others see

    /** Its place among all exchanges, from 1. */
    long number() {
        return number;
    }

    /** When it began. */
    Instant at() {
        return at;
    }

    Asked asked() {
        return asked;
    }

    int status() {
        return status;
    }

    /** Milliseconds since it began. */
    long elapsed() {
        return recording.elapsed();
    }

    boolean isStream() {
        return streams;
    }

    boolean isOver() {
        return over;
    }

    /** When the client went away without waiting for the end, in milliseconds; nothing when it waited. */
    Optional<Long> leftAt() {
        return leftAt < 0 ? Optional.empty() : Optional.of(leftAt);
    }

    /** Milliseconds to its end, or to now. */
    long took() {
        return endedAt < 0 ? elapsed() : endedAt;
    }

    /**
     * Whether it broke off on a connection that was kept: then the server may have closed that just when it was used again,
     * which is nobody's fault.
     */
    boolean isLostByChance() {
        return kept && failure != null && status == 0;
    }

    /** Whether not all of it was kept. */
    boolean isCut() {
        return cut;
    }

    /** Whether what was kept cannot be read: it is compressed in a way that is not known here. */
    boolean isUnreadable() {
        return unreadable;
    }

    /** The answer to what was asked, wherever it came. */
    void answer(String message) {
        recording.answer(message);
    }

    /** A picture of it as it stands, without secrets. */
    Exchange exchange() {
        return recording.exchange();
    }
}
