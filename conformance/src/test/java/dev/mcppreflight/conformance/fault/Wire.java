package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Sends bytes and reads bytes; what comes back is text, with a mark at its end: did the server close, or not? */
final class Wire {

    /** How long a server may take to say something; long, for a machine with other things to do. */
    private static final int FIRST_BYTE_MILLIS = 1000;

    /** How long it may be quiet between two things it says. */
    static final int QUIET_MILLIS = 250;

    /** How many times as long both are when there is reason to think that the machine was busy. */
    private static final int SLOWLY = 12;

    private static final ThreadLocal<Integer> TIMES = ThreadLocal.withInitial(() -> 1);

    static final String CLOSED = "[closed]";
    static final String OPEN = "[open]";
    static final String INITIALIZE = initialize("2025-11-25");

    private static final Pattern SESSION = Pattern.compile("Mcp-Session-Id: (.*)\r\n");

    private Wire() {}

    static String initialize(String revision) {
        return request(
                1,
                "initialize",
                Json.object(
                        "protocolVersion", revision,
                        "capabilities", Json.object(),
                        "clientInfo", Json.object("name", "test", "version", "1")));
    }

    static String request(Object id, String method, Json params) {
        Json message = Json.object("jsonrpc", "2.0", "id", id, "method", method);
        return (params.isPresent() ? message.with("params", params) : message).toString();
    }

    static String call(String tool, Object... arguments) {
        return request(7, "tools/call", Json.object("name", tool, "arguments", Json.object(arguments)));
    }

    static String notification(String method) {
        return Json.object("jsonrpc", "2.0", "method", method).toString();
    }

    /** Talks once more, and waits long for what may only have been late. */
    static String slowly(Callable<String> dialogue) throws Exception {
        TIMES.set(SLOWLY);
        try {
            return dialogue.call();
        } finally {
            TIMES.remove();
        }
    }

    /** POST with the headers of a proper client; more headers as {@code "Name: value"}. */
    static String post(String url, String body, String... headers) throws IOException {
        return exchange(url, "POST", body, withDefaults(headers));
    }

    static String get(String url, String... headers) throws IOException {
        return exchange(url, "GET", "", merge(new String[] {"Accept: text/event-stream"}, headers));
    }

    /** One request on a connection of its own. */
    static String exchange(String url, String method, String body, String... headers) throws IOException {
        try (Socket socket = connect(url)) {
            send(socket, url, method, body, headers);
            return read(socket);
        }
    }

    /** The answer to the second of two messages: initialize, then this one, in the session. */
    static String inSession(String url, String body, String... headers) throws IOException {
        String session = session(post(url, INITIALIZE, headers));
        String[] all = session.isEmpty() ? headers : merge(headers, "Mcp-Session-Id: " + session);
        return post(url, body, all);
    }

    static String session(String answer) {
        Matcher matcher = SESSION.matcher(answer);
        return matcher.find() ? matcher.group(1) : "";
    }

    static Json body(String answer) {
        return Json.parseOrMissing(answer.substring(answer.indexOf("\r\n\r\n") + 4)
                .replace(CLOSED, "")
                .replace(OPEN, ""));
    }

    static Socket connect(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        if (uri.getScheme().equals("https")) {
            SSLSocket secure = (SSLSocket)
                    trustingTestAuthority().getSocketFactory().createSocket(socket, uri.getHost(), uri.getPort(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        }
        return socket;
    }

    static void send(Socket socket, String url, String method, String body, String... headers) throws IOException {
        URI uri = URI.create(url);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + uri.getRawPath());
        head.append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()).append(" HTTP/1.1\r\n");
        String given = String.join("\n", headers);
        boolean ownHost = given.contains("Host: ");
        head.append(ownHost ? "" : "Host: " + uri.getAuthority() + "\r\n");
        head.append("Connection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append(
                        method.equals("POST") && !given.contains("Content-Length: ")
                                ? "Content-Length: " + bytes.length + "\r\n"
                                : "")
                .append("\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(bytes);
        socket.getOutputStream().write(request.toByteArray());
        socket.getOutputStream().flush();
    }

    /** Everything until the server closes or falls silent; bytes that are not UTF-8 become U+FFFD. */
    static String read(Socket socket) throws IOException {
        socket.setSoTimeout(FIRST_BYTE_MILLIS * TIMES.get());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String end = CLOSED;
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                bytes.write(next);
                socket.setSoTimeout(QUIET_MILLIS * TIMES.get());
            }
        } catch (SocketTimeoutException e) {
            end = OPEN;
        }
        return bytes.toString(StandardCharsets.UTF_8) + end;
    }

    static SSLContext trustingTestAuthority() throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(Resources.bytes("fixtures/tls/ca.pem"))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String[] merge(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static String[] withDefaults(String... headers) {
        String given = String.join("\n", headers);
        String[] all = headers;
        if (!given.contains("Accept: ")) {
            all = merge(all, "Accept: application/json, text/event-stream");
        }
        return given.contains("Content-Type: ") ? all : merge(all, "Content-Type: application/json");
    }
}
