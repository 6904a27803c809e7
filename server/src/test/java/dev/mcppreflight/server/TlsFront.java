package dev.mcppreflight.server;

import dev.mcppreflight.conformance.data.Resources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * What stands before a server on the internet: it ends TLS, with the certificate of {@value #NAME}, passes everything on, and
 * remembers what was asked of it by which name.
 */
final class TlsFront implements AutoCloseable {

    static final String NAME = "docs.example.org";

    private static final char[] PASSWORD = "password".toCharArray();
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int upstream;
    private final SSLServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /**
     * A request as it came in.
     *
     * @param line its first line
     * @param serverName the name in the TLS handshake
     * @param host the header
     */
    record Request(String line, String serverName, String host) {}

    TlsFront(int upstream) {
        this.upstream = upstream;
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Resources.bytes("fixtures/tls/named.p12")), PASSWORD);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            listening = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    Queue<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, which ends the loop.
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            byte[] head = head(client.getInputStream());
            requests.add(request(client, new String(head, StandardCharsets.ISO_8859_1)));
            server.getOutputStream().write(head);
            threads.execute(() -> pass(client, server));
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One of the two went away, and the other goes with it.
        }
    }

    private static void pass(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.close();
        } catch (IOException e) {
            // Likewise.
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < HEAD_END.length) {
            int octet = in.read();
            if (octet < 0) {
                break;
            }
            head.write(octet);
            matched = octet == HEAD_END[matched] ? matched + 1 : octet == HEAD_END[0] ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static Request request(SSLSocket client, String head) {
        String asked = ((ExtendedSSLSession) client.getSession())
                .getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("");
        String host = head.lines()
                .filter(line -> line.regionMatches(true, 0, "host:", 0, 5))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .orElse("");
        return new Request(head.lines().findFirst().orElse(""), asked, host);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
