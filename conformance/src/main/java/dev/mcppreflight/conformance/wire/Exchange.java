package dev.mcppreflight.conformance.wire;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * One request with its answer or failure. Immutable, bounded in size, and free of secrets: the {@link Recording} that
 * makes it takes them out.
 *
 * @param purpose what the request was sent for, one of the constants of {@link Purpose} or a message's own words
 * @param method the HTTP method; {@code STDIO} for a line to a process
 * @param url the address; the command for a process
 * @param requestHeaders the headers sent
 * @param sent the body or line sent, empty for none
 * @param status the HTTP status, 0 when there was none
 * @param headers the headers of the answer
 * @param body the body of the answer as text, cut at 256 KiB; for a process, what it wrote to standard output that is no
 *     message
 * @param stream what an event stream looked like
 * @param said the JSON-RPC message that answers the request, from the body, the stream or standard output; null for
 *     none
 * @param failure why no whole answer came, or null
 * @param timings when the phases ended
 * @param tls what the TLS handshake showed, or null
 * @param ended whether the answer came to its end (rather than being left by this tool)
 * @param standardError the end of what a process wrote to standard error, empty for none
 * @param exitCode how a process ended, or null
 */
public record Exchange(
        String purpose,
        String method,
        String url,
        List<Header> requestHeaders,
        JsonText sent,
        int status,
        List<Header> headers,
        String body,
        SseFacts stream,
        JsonText said,
        Failure failure,
        Timings timings,
        TlsFacts tls,
        boolean ended,
        String standardError,
        Integer exitCode) {

    /** The body or line sent, as text; empty for none. */
    public String requestBody() {
        return sent.text();
    }

    /** The body or line sent, as JSON; missing where it is none. */
    public Json request() {
        return sent.json();
    }

    /** The JSON-RPC message that answers the request, as text; null for none. */
    public String answer() {
        return said == null ? null : said.text();
    }

    /** The JSON-RPC message that answers the request; missing for none. */
    public Json message() {
        return said == null ? Json.MISSING : said.json();
    }

    /** The same, sent for another purpose. */
    public Exchange sentFor(String other) {
        return with(other, failure);
    }

    /** The same with a failure; one that it has already stays. */
    public Exchange failing(Failure why) {
        return with(purpose, failure == null ? why : failure);
    }

    private Exchange with(String otherPurpose, Failure otherFailure) {
        return new Exchange(
                otherPurpose,
                method,
                url,
                requestHeaders,
                sent,
                status,
                headers,
                body,
                stream,
                said,
                otherFailure,
                timings,
                tls,
                ended,
                standardError,
                exitCode);
    }

    /** The value of the answer's first header of that name. */
    public Optional<String> header(String name) {
        return Header.first(headers, name);
    }

    /** The media type of the answer in lower case without parameters; empty for none. */
    public String mediaType() {
        String value = header("Content-Type").orElse("");
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).trim().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the answer is an event stream by its media type. */
    public boolean isStream() {
        return mediaType().equals("text/event-stream");
    }

    /** Whether the exchange failed in this way. */
    public boolean failedBy(Failure.Kind... kinds) {
        return failure != null && List.of(kinds).contains(failure.kind());
    }

    /** Whether nothing could be asked: there was no connection, no TLS, or no HTTP/1.1 at the other end. */
    public boolean isUnreached() {
        return failedBy(
                Failure.Kind.UNKNOWN_HOST,
                Failure.Kind.REFUSED,
                Failure.Kind.CONNECT_TIMEOUT,
                Failure.Kind.UNREACHABLE,
                Failure.Kind.NOT_TLS,
                Failure.Kind.TLS_REFUSED,
                Failure.Kind.CERTIFICATE_EXPIRED,
                Failure.Kind.CERTIFICATE_NOT_YET_VALID,
                Failure.Kind.CERTIFICATE_SELF_SIGNED,
                Failure.Kind.CERTIFICATE_CHAIN_INCOMPLETE,
                Failure.Kind.CERTIFICATE_UNTRUSTED,
                Failure.Kind.CERTIFICATE_WRONG_HOST,
                Failure.Kind.NOT_HTTP,
                Failure.Kind.HTTP2_ALONE);
    }

    /** Whether a line to a process, rather than HTTP. */
    public boolean isStdio() {
        return method.equals("STDIO");
    }

    /** One line for people: {@code POST /mcp 404 text/html}. */
    public String summary() {
        if (method.equals("FILE")) {
            return method + " " + url;
        }
        String path = isStdio() ? url : pathOf(url);
        String result = failure != null && status == 0
                ? failure.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                : isStdio() ? (said == null ? "no answer" : "answered") : status + " " + mediaType();
        return (method + " " + path + " -> " + result).trim();
    }

    private static String pathOf(String url) {
        int scheme = url.indexOf("://");
        int slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
        return slash < 0 ? url : url.substring(slash);
    }
}
