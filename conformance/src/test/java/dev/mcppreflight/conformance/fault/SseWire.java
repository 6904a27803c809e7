package dev.mcppreflight.conformance.fault;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP+SSE client on raw bytes: one open stream, and POSTs to the address that it announced. */
final class SseWire implements AutoCloseable {

    private static final Pattern ENDPOINT = Pattern.compile("data: (.*sessionId=\\S*)");

    private final String url;
    private final String[] headers;
    private final Socket stream;
    private final StringBuilder received = new StringBuilder();

    SseWire(String url, String... headers) throws IOException {
        this.url = url;
        this.headers = headers;
        this.stream = Wire.connect(url);
        Wire.send(stream, url, "GET", "", Wire.merge(headers, "Accept: text/event-stream"));
        more();
    }

    /** What has come on the stream since the last time. */
    String more() throws IOException {
        String text = Wire.read(stream);
        received.append(text);
        return text;
    }

    String received() {
        return received.toString();
    }

    /** The announced address; empty where there was none. */
    String endpoint() {
        Matcher matcher = ENDPOINT.matcher(received);
        return matcher.find() ? URI.create(url).resolve(matcher.group(1)).toString() : "";
    }

    String post(String body, String... more) throws IOException {
        return Wire.post(endpoint(), body, Wire.merge(headers, more));
    }

    void hangUp() throws IOException {
        stream.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
