package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.Dial;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.TlsFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connection of one client and the one to the server that belongs to it. They live and die together, so that each side
 * sees of the other what it would see without anybody between them: when it closes, when it is silent, when it breaks off.
 * One thread reads from the client, another from the server.
 */
final class Passage implements AutoCloseable {

    private static final int MAX_HEAD = 64 * 1024;
    private static final int FIRST_REQUEST_MILLIS = 60_000;
    private static final int LINGER_MILLIS = 1_000;
    private static final Pattern REQUEST = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) (\\S+) (HTTP/1\\.[01])");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.(\\d) +([1-9]\\d\\d)(?: .*)?");

    private final Socket client;
    private final WatchOptions options;
    private final Forwarding forwarding;
    private final Dial dial;
    private final Executor threads;
    private final Witness witness;

    private Source fromClient;
    private OutputStream toClient;
    private Socket server;
    private OutputStream toServer;
    private TlsFacts tls;

    private Overhearing pending;
    private boolean closesAfter;
    private boolean closed;

    Passage(Socket client, WatchOptions options, Forwarding forwarding, Dial dial, Executor threads, Witness witness) {
        this.client = client;
        this.options = options;
        this.forwarding = forwarding;
        this.dial = dial;
        this.threads = threads;
        this.witness = witness;
    }

    // ---- from the client to the server

    /** Serves the client until either side ends. */
    void run() {
        try {
            client.setTcpNoDelay(true);
            client.setSoTimeout(FIRST_REQUEST_MILLIS);
            fromClient = new Source(client.getInputStream());
            toClient = client.getOutputStream();
            while (fromClient.fill() && pass()) {
                client.setSoTimeout(0);
            }
        } catch (IOException e) {
            // Either side is gone; what that means was taken down where it was seen.
        } finally {
            leave();
            close();
        }
    }

    /** One request; whether another may follow. */
    private boolean pass() throws IOException {
        awaitAnswer();
        Head head = fromClient.head("", MAX_HEAD);
        Matcher request = REQUEST.matcher(head.start());
        if (!head.isWhole() || !request.matches() || request.group(1).equals("CONNECT")) {
            return refuse(head);
        }
        boolean chunked = head.has("Transfer-Encoding");
        if (chunked && (head.has("Content-Length") || !head.says("Transfer-Encoding", "chunked"))) {
            return refuse(head);
        }
        if (head.says("Expect", "100-continue")) {
            toClient.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            toClient.flush();
        }
        Framing framing = Framing.ofRequest(head);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = readAhead(framing, raw, body);
        Overhearing overheard =
                witness.asked(forwarding.asked(request, head, body.toString(StandardCharsets.UTF_8), client), !whole);
        boolean last = forwarding.isLast(request.group(3), head);
        if (!connect(overheard)) {
            return false;
        }
        synchronized (this) {
            pending = overheard;
            closesAfter = last;
        }
        return forward(head, request, raw, framing);
    }

    /** Reads the body as far as it is kept; nearly always that is all of it, and then it is known what is asked. */
    private boolean readAhead(Framing framing, ByteArrayOutputStream raw, ByteArrayOutputStream body)
            throws IOException {
        while (!framing.isDone() && raw.size() < options.mostOctets()) {
            if (!fromClient.fill()) {
                throw new SocketException("the body ends early");
            }
            int start = fromClient.start();
            int count = framing.take(fromClient.buffer(), start, fromClient.available(), body::write);
            raw.write(fromClient.buffer(), start, count);
            fromClient.skip(count);
        }
        return framing.isDone();
    }

    private boolean connect(Overhearing overheard) throws IOException {
        if (server != null) {
            // The connection that the client kept is the one that it had.
            overheard.onKeptConnection();
            overheard.recording().connected();
            if (tls != null) {
                overheard.recording().secured(tls);
            }
            return true;
        }
        URI upstream = options.upstream().url();
        try {
            int millis = (int) Math.min(options.patience().toMillis(), Integer.MAX_VALUE);
            Socket made = dial.connect(upstream, overheard.recording(), millis);
            made.setTcpNoDelay(true);
            made.setSoTimeout(0);
            tls = overheard.exchange().tls();
            synchronized (this) {
                if (closed) {
                    made.close();
                    throw new SocketException("it is over");
                }
                server = made;
            }
            toServer = made.getOutputStream();
            threads.execute(this::readServer);
            return true;
        } catch (IOException e) {
            Failure failure = Dial.failure(e, overheard.recording(), false);
            overheard.failed(failure.kind(), failure.detail());
            answerInPlace(
                    502,
                    "Bad Gateway",
                    "preflight watch gets no connection to " + upstream + ": "
                            + failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                            + failure.detail());
            return false;
        }
    }

    private boolean forward(Head head, Matcher request, ByteArrayOutputStream raw, Framing framing) throws IOException {
        byte[] start = forwarding.head(request, head, client);
        byte[] first = new byte[start.length + raw.size()];
        System.arraycopy(start, 0, first, 0, start.length);
        System.arraycopy(raw.toByteArray(), 0, first, start.length, raw.size());
        boolean sends = send(first, 0, first.length);
        while (!framing.isDone()) {
            if (!fromClient.fill()) {
                return false;
            }
            int offset = fromClient.start();
            int count = framing.take(fromClient.buffer(), offset, fromClient.available(), Framing.Content.NOWHERE);
            sends = sends && send(fromClient.buffer(), offset, count);
            fromClient.skip(count);
            if (framing.needsClose()) {
                return false;
            }
        }
        return true;
    }

    /** A server may refuse early and still have an answer: whether it takes more is no end of the matter. */
    private boolean send(byte[] octets, int offset, int length) {
        try {
            toServer.write(octets, offset, length);
            toServer.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean refuse(Head head) throws IOException {
        boolean large = head.kind() == Head.Kind.TOO_LARGE;
        witness.remark(large ? "a request with too large a head was refused" : "what is no request was refused");
        if (head.kind() != Head.Kind.BROKEN_OFF) {
            answerInPlace(
                    large ? 431 : 400,
                    large ? "Request Header Fields Too Large" : "Bad Request",
                    "preflight watch cannot forward this request");
        }
        return false;
    }

    private void answerInPlace(int status, String reason, String why) throws IOException {
        write(toClient, status, reason, why);
        client.shutdownOutput();
        client.setSoTimeout(LINGER_MILLIS);
        // An answer is lost to who is still sending when the connection is reset.
        for (int octets = 0; octets < 8 * 1024 * 1024 && fromClient.fill(); ) {
            octets += fromClient.available();
            fromClient.skip(fromClient.available());
        }
    }

    static void write(OutputStream out, int status, String reason, String why) throws IOException {
        byte[] body = (Json.object("error", reason, "message", why) + "\n").getBytes(StandardCharsets.UTF_8);
        List<String> lines =
                List.of("Content-Type: application/json", "Content-Length: " + body.length, "Connection: close");
        out.write(Head.bytes("HTTP/1.1 " + status + " " + reason, lines));
        out.write(body);
        out.flush();
    }

    private synchronized void awaitAnswer() throws IOException {
        try {
            while (pending != null && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        if (closed) {
            throw new SocketException("it is over");
        }
    }

    /** The client is gone: so is what it was waiting for. */
    private void leave() {
        Overhearing waiting;
        synchronized (this) {
            waiting = pending;
            pending = null;
        }
        if (waiting != null) {
            waiting.left();
        }
    }

    // ---- from the server to the client

    private void readServer() {
        Source source = null;
        try (this) {
            source = new Source(server.getInputStream());
            while (answer(source)) {
                // The next request may come on the same connections.
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private boolean answer(Source source) throws IOException {
        Head head = source.head("HTTP/1.", MAX_HEAD);
        Overhearing overheard = pending();
        if (overheard == null) {
            // The server closed a connection that waited for the next request; the client sees just that.
            return false;
        }
        Matcher status = STATUS.matcher(head.start());
        if (!head.isWhole() || !status.matches()) {
            return passUnread(head, source, overheard);
        }
        int code = Integer.parseInt(status.group(2));
        List<Header> headers = head.headers();
        Framing framing = Framing.ofAnswer(overheard.asked().method(), code, headers);
        boolean last =
                closesAfter || status.group(1).equals("0") || head.says("Connection", "close") || framing.needsClose();
        if (code / 100 == 1 && code != 101) {
            toClient(head.raw(), 0, head.raw().length);
            return true;
        }
        List<String> lines = new ArrayList<>(head.passedOn());
        if (last) {
            lines.add("Connection: close");
        }
        byte[] start = Head.bytes(head.start(), lines);
        try {
            // Once the last octet is on its way the client may leave: then it has what it came for.
            finishWhere(framing.isDone(), overheard);
            toClient(start, 0, start.length);
            overheard.answered(code, headers);
            if (!forwardBody(source, framing, overheard)) {
                return false;
            }
        } catch (ClientGone e) {
            finishWhere(true, overheard);
            overheard.left();
            return false;
        }
        overheard.ended();
        return !last;
    }

    /** Whether the body came to its end. */
    private boolean forwardBody(Source source, Framing framing, Overhearing overheard) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(1024);
        while (!framing.isDone()) {
            if (!source.fill()) {
                endOfServer(framing, overheard);
                return false;
            }
            content.reset();
            int count = framing.take(source.buffer(), source.start(), source.available(), content::write);
            finishWhere(framing.isDone(), overheard);
            // Forwarded first, looked at afterwards.
            toClient(source.buffer(), source.start(), count);
            source.skip(count);
            overheard.accept(content.toByteArray(), 0, content.size());
        }
        return true;
    }

    /** What is no HTTP, or more than is read of it, is passed on as it comes. */
    private boolean passUnread(Head head, Source source, Overhearing overheard) throws IOException {
        finishWhere(true, overheard);
        toClient(head.raw(), 0, head.raw().length);
        Failure.Kind kind =
                switch (head.kind()) {
                    case TOO_LARGE -> Failure.Kind.TOO_LARGE;
                    case BROKEN_OFF -> head.raw().length == 0 ? Failure.Kind.CLOSED : Failure.Kind.TRUNCATED;
                    default -> Failure.Kind.NOT_HTTP;
                };
        String detail =
                switch (head.kind()) {
                    case TOO_LARGE -> "a head of more than " + MAX_HEAD / 1024 + " KiB";
                    case BROKEN_OFF ->
                        head.raw().length == 0
                                ? "the connection ended without an answer"
                                : "the connection ended within the headers";
                    default -> "the answer begins with '" + printable(head.start()) + "'";
                };
        overheard.failed(kind, detail);
        while (source.fill()) {
            toClient(source.buffer(), source.start(), source.available());
            source.skip(source.available());
        }
        return false;
    }

    private void endOfServer(Framing framing, Overhearing overheard) {
        finishWhere(true, overheard);
        String lack = framing.lackAtEnd();
        if (lack.isEmpty()) {
            overheard.ended();
        } else {
            overheard.failed(Failure.Kind.TRUNCATED, lack);
        }
    }

    /** The connection to the server broke. */
    private void broken(IOException e) {
        Overhearing waiting = pending();
        if (waiting == null) {
            return;
        }
        finishWhere(true, waiting);
        Failure failure = Dial.failure(e, waiting.recording(), waiting.status() > 0);
        waiting.failed(failure.kind(), failure.detail());
        resetClient();
    }

    /** Who would have seen a reset sees one. */
    private void resetClient() {
        try {
            client.setSoLinger(true, 0);
        } catch (SocketException e) {
            // It is closed already.
        }
    }

    private void toClient(byte[] octets, int offset, int length) throws ClientGone {
        try {
            toClient.write(octets, offset, length);
            toClient.flush();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private synchronized Overhearing pending() {
        return pending;
    }

    private synchronized void finishWhere(boolean done, Overhearing overheard) {
        if (done && pending == overheard) {
            pending = null;
            notifyAll();
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7E]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) : clean;
    }

    /** The client, not the server, ended it. */
    private static final class ClientGone extends IOException {
        private ClientGone(IOException cause) {
            super(cause);
        }
    }

    /** Ends both connections at once. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        closeQuietly(client);
        closeQuietly(server);
    }

    private static void closeQuietly(Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
        }
    }
}
