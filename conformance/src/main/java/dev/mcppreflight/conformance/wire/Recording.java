package dev.mcppreflight.conformance.wire;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An exchange while it goes on. The probe and the recorder under the client fill it in; {@link #exchange()} takes a
 * redacted picture at any moment, which matters for streams that stay open until the conversation ends.
 */
public final class Recording {

    private static final int MAX_TEXT = 256 * 1024;

    private final Redactor redactor;
    private final long startNanos = System.nanoTime();
    private final String purpose;
    private final String method;
    private final String url;
    private final List<Header> requestHeaders;
    private final JsonText requestBody;

    private int status;
    private List<Header> headers = List.of();
    private String body = "";
    private boolean invalidUtf8;
    private SseParser stream;
    private JsonText answer;
    private Failure failure;
    private TlsFacts tls;
    private boolean ended;
    private String standardError = "";
    private Integer exitCode;
    private long connected = -1;
    private long secured = -1;
    private long firstByte = -1;
    private long headersAt = -1;
    private long firstEvent = -1;
    private long end = -1;

    /** The last picture, while nothing has changed since; a large one would be made for each rule that looks at it. */
    private Exchange picture;

    private Object secretsOfPicture;

    Recording(Redactor redactor, String purpose, String method, String url, List<Header> headers, String requestBody) {
        this.redactor = redactor;
        this.purpose = purpose;
        this.method = method;
        this.url = url;
        this.requestHeaders = List.copyOf(headers);
        this.requestBody = JsonText.of(requestBody == null ? "" : requestBody);
    }

    /** Milliseconds since the exchange began. */
    public long elapsed() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    public synchronized void connected() {
        picture = null;
        connected = elapsed();
    }

    public synchronized void secured(TlsFacts facts) {
        picture = null;
        secured = elapsed();
        tls = facts;
    }

    /** Keeps what was seen of a handshake that failed. */
    public synchronized void tls(TlsFacts facts) {
        picture = null;
        tls = facts;
    }

    public synchronized void firstByte() {
        if (firstByte < 0) {
            picture = null;
            firstByte = elapsed();
        }
    }

    public synchronized void answered(int statusCode, List<Header> answerHeaders) {
        picture = null;
        status = statusCode;
        headers = List.copyOf(answerHeaders);
        headersAt = elapsed();
    }

    public synchronized void body(String text) {
        picture = null;
        body = text;
    }

    /** Takes a body as its octets came, and remembers where they are no UTF-8. */
    public synchronized void body(byte[] octets) {
        picture = null;
        body = new String(octets, StandardCharsets.UTF_8);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
        } catch (CharacterCodingException e) {
            invalidUtf8 = true;
        }
    }

    /** Takes the next octet of an event stream; answers the event that it completed, or null. */
    public synchronized SseEvent streamOctet(int octet) {
        picture = null;
        if (stream == null) {
            stream = new SseParser();
        }
        // Only the end of a line can complete an event; looking at the clock costs more than reading an octet.
        long now = octet == '\n' || octet == '\r' ? elapsed() : 0;
        SseEvent event = stream.accept(octet, now).orElse(null);
        if (event != null && firstEvent < 0) {
            firstEvent = elapsed();
        }
        return event;
    }

    /** The JSON-RPC message that answers the request, as it was read. */
    public synchronized void answer(Json message) {
        picture = null;
        answer = JsonText.of(message);
    }

    /** The JSON-RPC message that answers the request, as it came. */
    public synchronized void answer(String message) {
        picture = null;
        answer = JsonText.of(message);
    }

    public synchronized void failed(Failure.Kind kind, String detail) {
        picture = null;
        if (failure == null) {
            failure = new Failure(kind, detail == null ? "" : detail);
        }
        end();
    }

    /** The answer came to its end. */
    public synchronized void ended() {
        picture = null;
        ended = true;
        end();
    }

    /** This tool has seen enough. */
    public synchronized void end() {
        if (end < 0) {
            picture = null;
            end = elapsed();
        }
    }

    public synchronized void process(String standardErrorTail, Integer code) {
        picture = null;
        standardError = standardErrorTail;
        exitCode = code;
    }

    /** A redacted picture of the exchange as it stands. */
    public synchronized Exchange exchange() {
        Object secrets = redactor.known();
        if (picture == null || secretsOfPicture != secrets) {
            picture = picture();
            secretsOfPicture = secrets;
        }
        return picture;
    }

    private Exchange picture() {
        SseFacts facts = stream != null ? redact(stream.facts()) : isGarbled() ? SseFacts.NO_UTF_8 : SseFacts.NONE;
        Failure why = failure == null ? null : new Failure(failure.kind(), redactor.text(failure.detail()));
        return new Exchange(
                purpose,
                method,
                redactor.text(url),
                redactor.headers(requestHeaders),
                requestBody.as(cut(redactor.text(requestBody.text()))),
                status,
                redactor.headers(headers),
                cut(redactor.text(body)),
                facts,
                redactor.text(answer),
                why,
                new Timings(connected, secured, firstByte, headersAt, firstEvent, end),
                tls,
                ended,
                redactor.text(standardError),
                exitCode);
    }

    /** A body that was cut short, or is compressed, may well end or look so. */
    private boolean isGarbled() {
        return invalidUtf8
                && failure == null
                && Header.first(headers, "Content-Encoding").isEmpty();
    }

    private SseFacts redact(SseFacts facts) {
        return new SseFacts(
                facts.events().stream().map(event -> event.with(redactor::text)).toList(),
                facts.comments(),
                facts.strayLines().stream().map(redactor::text).toList(),
                cut(redactor.text(facts.pending())),
                cut(redactor.text(facts.endedLate())),
                facts.byteOrderMark(),
                facts.invalidUtf8());
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
