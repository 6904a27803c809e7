package dev.mcppreflight.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The answer of another replica on its way to a client: whole, or a stream that holds no thread here. */
final class RelayedAnswer {

    /** Longer than a tool takes. */
    private static final int PATIENCE_SECONDS = 120;

    /** How often to see whether the other replica still lives. */
    private static final int LOOK_SECONDS = 5;

    private static final byte[] END = {};
    private static final String HEAD_END = "\r\n\r\n";

    private final BooleanSupplier alive;
    private final Runnable onAbandon;
    private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
    private EventStream stream;

    /**
     * Creates an answer that has not come yet.
     *
     * @param alive tells whether the replica that answers still lives
     * @param onAbandon called when nobody waits for the rest any more
     */
    RelayedAnswer(BooleanSupplier alive, Runnable onAbandon) {
        this.alive = alive;
        this.onAbandon = onAbandon;
    }

    /** Takes the next bytes; null when there are no more. */
    synchronized void add(byte[] part) {
        if (stream == null) {
            parts.add(part == null ? END : part);
        } else if (part == null) {
            stream.close();
        } else {
            stream.send(part);
        }
    }

    /** Gives the client what comes. */
    void writeTo(HttpServletRequest request, HttpServletResponse response, Reply reply) throws IOException {
        ByteArrayOutputStream come = new ByteArrayOutputStream();
        String head = "";
        while (!head.contains(HEAD_END)) {
            byte[] part = next();
            if (part == END) {
                throw alive.getAsBoolean()
                        ? new HttpRefusal(503, "The replica with this session has not answered: try again")
                        : gone();
            }
            come.writeBytes(part);
            head = come.toString(StandardCharsets.ISO_8859_1);
        }
        int end = head.indexOf(HEAD_END) + HEAD_END.length();
        byte[] rest = Arrays.copyOfRange(come.toByteArray(), end, come.size());
        String[] lines = head.substring(0, end).split("\r\n");
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        copy(lines, response);
        String type = header(lines, "content-type");
        if (status == HttpServletResponse.SC_OK
                && type != null
                && type.startsWith("text/event-stream")
                && header(lines, "content-length") == null) {
            stream(request, response, rest);
            return;
        }
        byte[] body = whole(rest);
        if (body.length == 0) {
            reply.empty(response, status);
        } else {
            reply.bytes(request, response, status, type, body);
        }
    }

    private byte[] whole(byte[] first) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(first);
        for (byte[] part = next(); part != END; part = next()) {
            body.writeBytes(part);
        }
        return body.toByteArray();
    }

    private void stream(HttpServletRequest request, HttpServletResponse response, byte[] first) throws IOException {
        EventStream opened = new EventStream(onAbandon);
        opened.open(request, response, first);
        synchronized (this) {
            stream = opened;
            for (byte[] part = parts.poll(); part != null; part = parts.poll()) {
                add(part == END ? null : part);
            }
        }
    }

    private byte[] next() {
        try {
            for (int waited = 0; waited < PATIENCE_SECONDS; waited += LOOK_SECONDS) {
                byte[] part = parts.poll(LOOK_SECONDS, TimeUnit.SECONDS);
                if (part != null) {
                    return part;
                }
                if (!alive.getAsBoolean()) {
                    throw gone();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        onAbandon.run();
        throw new HttpRefusal(503, "The replica with this session does not answer: try again");
    }

    static HttpRefusal gone() {
        return new HttpRefusal(404, "Session not found: its replica has ended, send initialize without it");
    }

    private static void copy(String[] lines, HttpServletResponse response) {
        for (String name : new String[] {"Mcp-Session-Id", "WWW-Authenticate", "Retry-After", "Allow"}) {
            String value = header(lines, name.toLowerCase(Locale.ROOT));
            if (value != null) {
                response.setHeader(name, value);
            }
        }
    }

    private static String header(String[] lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }
}
