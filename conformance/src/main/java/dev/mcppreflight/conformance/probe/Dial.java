package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Recording;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Makes connections, on plain sockets because only there name, port and TLS can be told apart where one of them fails. */
public final class Dial {

    private final Trust trust;
    private final Names names;

    /**
     * Connects to nobody yet.
     *
     * @param trust which certificates are good
     * @param names where names lead
     */
    public Dial(Trust trust, Names names) {
        this.trust = trust;
        this.names = names;
    }

    /**
     * A connection to the host of an http or https address, over TLS where it is one of https.
     *
     * @param recording takes down when the phases ended, and what TLS showed
     * @param millis how long each phase may take
     * @throws IOException when there is none; {@link #failure} tells why
     */
    public Socket connect(URI url, Recording recording, int millis) throws IOException {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String host = url.getHost();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(names.resolve(host, port), millis);
            recording.connected();
            return secure ? secure(socket, host, port, recording, millis) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secure(Socket socket, String host, int port, Recording recording, int millis) throws IOException {
        SSLSocket tls = (SSLSocket) trust.acceptingContext().getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        // As the HTTP clients of Node and Python do; a server of HTTP/2 alone refuses it (RFC 7301, section 3.2).
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (!host.startsWith("[") && !host.matches("[0-9.]+") && host.indexOf('.') > 0) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        tls.setSSLParameters(parameters);
        tls.setSoTimeout(millis);
        try {
            tls.startHandshake();
        } catch (SSLException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("no_application_protocol")) {
                throw new ProbeFailure(Failure.Kind.HTTP2_ALONE, "the TLS handshake refuses http/1.1: " + message);
            }
            boolean plain = message.contains("plaintext connection")
                    || message.contains("Unrecognized SSL message")
                    || message.contains("Unsupported or unrecognized");
            throw new ProbeFailure(plain ? Failure.Kind.NOT_TLS : Failure.Kind.TLS_REFUSED, message);
        } catch (SocketTimeoutException e) {
            throw new ProbeFailure(Failure.Kind.NO_ANSWER, "no answer to the TLS handshake");
        } catch (EOFException | SocketException e) {
            throw new ProbeFailure(Failure.Kind.TLS_REFUSED, "the connection ended during the TLS handshake");
        }
        List<X509Certificate> chain = chain(tls.getSession().getPeerCertificates());
        Optional<Failure> bad = trust.judge(chain, host);
        if (bad.isPresent()) {
            recording.tls(Trust.facts(tls.getSession().getProtocol(), chain));
            throw new ProbeFailure(bad.get().kind(), bad.get().detail());
        }
        recording.secured(Trust.facts(tls.getSession().getProtocol(), chain));
        return tls;
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        return Arrays.stream(certificates)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** What an exception of the network means in the phase in which it came. */
    public static Failure failure(IOException e, Recording recording, boolean answered) {
        if (e instanceof ProbeFailure known) {
            return new Failure(known.kind(), known.getMessage());
        }
        boolean connected = recording.exchange().timings().connected() >= 0;
        if (e instanceof SocketTimeoutException) {
            Failure.Kind kind = !connected
                    ? Failure.Kind.CONNECT_TIMEOUT
                    : answered ? Failure.Kind.UNFINISHED : Failure.Kind.NO_ANSWER;
            return new Failure(kind, "nothing more within " + recording.elapsed() + " ms");
        }
        if (!connected) {
            boolean refused = e instanceof ConnectException
                    && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
            if (refused) {
                return new Failure(Failure.Kind.REFUSED, "nobody listens on that port");
            }
            return new Failure(
                    e instanceof NoRouteToHostException || e instanceof SocketException
                            ? Failure.Kind.UNREACHABLE
                            : Failure.Kind.CLOSED,
                    e.getMessage());
        }
        if (e instanceof SSLException) {
            // Since TLS 1.3 a client certificate is demanded only after the handshake looks done.
            return new Failure(answered ? Failure.Kind.RESET : Failure.Kind.TLS_REFUSED, e.getMessage());
        }
        if (e instanceof EOFException) {
            return new Failure(Failure.Kind.TRUNCATED, e.getMessage());
        }
        if (e instanceof SocketException) {
            return new Failure(Failure.Kind.RESET, e.getMessage());
        }
        return new Failure(answered ? Failure.Kind.TRUNCATED : Failure.Kind.CLOSED, e.getMessage());
    }
}
