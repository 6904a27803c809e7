package dev.mcppreflight.conformance.fault.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Serves the requests of one connection, one after the other. */
final class HttpConnection {

    private final Socket socket;
    private final HttpHandler handler;
    private final Framing framing;
    private final InputStream in;
    private final OutputStream out;
    private final HttpReader reader;

    HttpConnection(Socket socket, long number, HttpHandler handler, Framing framing) throws IOException {
        this.socket = socket;
        this.handler = handler;
        this.framing = framing;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.reader = new HttpReader(in, number, this::sendContinue);
    }

    /** @throws Mishap of kind DEATH where the server is to die */
    void serve() throws IOException {
        try {
            Optional<Request> request = reader.next();
            while (request.isPresent() && answer(request.get())) {
                request = reader.next();
            }
        } catch (HttpReader.Refused e) {
            write(e.response().with("Connection", "close"), false);
            Lingering.end(socket, in);
        }
    }

    /** Whether the connection can carry another request. */
    private boolean answer(Request request) throws IOException {
        boolean last =
                request.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
        Response response;
        try {
            response = handler.handle(request);
        } catch (Mishap e) {
            if (e.kind() == Mishap.Kind.DEATH) {
                throw e;
            }
            if (e.kind() == Mishap.Kind.SILENCE) {
                stream(out).awaitCloseSilently();
                return false;
            }
            if (e.kind() == Mishap.Kind.HANG_UP) {
                return false;
            }
            response = e.response();
        }
        boolean announced = response.headers().has("Content-Length");
        write(
                last ? response.with("Connection", "close") : response,
                request.method().equals("HEAD"));
        try {
            response.afterwards().run();
        } catch (Mishap e) {
            if (e.kind() == Mishap.Kind.DEATH) {
                throw e;
            }
        }
        // A length that the handler set itself may be wrong, so nothing can follow.
        return !last && !announced;
    }

    private void write(Response response, boolean headOnly) throws IOException {
        if (response.isStream()) {
            writeStream(response);
            return;
        }
        Response sized = response.headers().has("Content-Length") || response.status() == 204
                ? response
                : response.with("Content-Length", String.valueOf(response.body().length));
        byte[] head = head(sized);
        byte[] all = new byte[head.length + (headOnly ? 0 : response.body().length)];
        System.arraycopy(head, 0, all, 0, head.length);
        if (!headOnly) {
            System.arraycopy(response.body(), 0, all, head.length, response.body().length);
        }
        out.write(all);
        out.flush();
    }

    private void writeStream(Response response) throws IOException {
        out.write(head(response.with("Transfer-Encoding", "chunked")));
        out.flush();
        ChunkedOutput chunks = new ChunkedOutput(out);
        socket.setSoTimeout((int) EventStream.HEARTBEAT.toMillis());
        response.stream().write(stream(chunks));
        socket.setSoTimeout(0);
        chunks.end();
    }

    private EventStream stream(OutputStream to) throws IOException {
        socket.setSoTimeout((int) EventStream.HEARTBEAT.toMillis());
        return new EventStream(to, in, framing, socket);
    }

    private static byte[] head(Response response) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(HttpStatus.reason(response.status()))
                .append("\r\n");
        response.headers().fields().forEach(field -> head.append(field.name())
                .append(": ")
                .append(field.value())
                .append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void sendContinue() {
        try {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            // The body will not come either, and reading it tells.
        }
    }
}
