package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Connector;
import dev.mcppreflight.conformance.fault.http.Lingering;
import dev.mcppreflight.conformance.fault.http.Tls;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;

/** What goes wrong before HTTP is spoken: names, ports, TLS. */
final class ReachDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("address", parameter -> Deviation.ofAddress(Parameter.text(parameter))),
            plain("closed-port", ClosedPort::new),
            entry("certificate", parameter -> certificate(Parameter.text(parameter))),
            plain("client-certificate", () -> handshake(socket -> socket.setNeedClientAuth(true))),
            entry("http2-alone", parameter -> http2Alone(Parameter.oneOf(parameter, "handshake", "frames"))),
            entry("old-tls", parameter -> oldTls(Parameter.oneOf(parameter, "hello", "alert"))),
            plain("https-redirect", HttpsRedirect::new),
            entry("command", parameter -> command(parameter)));

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int RECORD_HEADER = 5;

    /** A ServerHello of TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA. */
    private static final String OLD_HELLO = "160302002a" + "02000026" + "0302" + "00".repeat(32) + "00" + "002f" + "00";

    /** A fatal alert: protocol_version. */
    private static final String PROTOCOL_VERSION = "15030100020246";

    /** Frames of HTTP/2 (RFC 9113): nothing but defaults, and the end because of a protocol error. */
    private static final String SETTINGS = "000000040000000000";

    private static final String GO_AWAY = "000008070000000000" + "0000000000000001";

    private ReachDeviations() {}

    private record ClosedPort() implements Deviation {
        @Override
        public boolean listens() {
            return false;
        }
    }

    private static Deviation certificate(String other) {
        return new Deviation() {
            @Override
            public String certificate(String name) {
                return other;
            }
        };
    }

    /** A handshake that asks for more than others do. */
    private static Deviation handshake(Consumer<SSLSocket> demand) {
        return Deviation.ofConnector(healthy -> accepted -> {
            SSLSocket socket = ((Tls) healthy).connect(accepted, new byte[0], false);
            demand.accept(socket);
            try {
                socket.startHandshake();
                return socket;
            } catch (IOException e) {
                Lingering.end(accepted, accepted.getInputStream());
                throw e;
            }
        });
    }

    /** It chooses h2 or nothing, or takes everybody for somebody who knows what it speaks. */
    private static Deviation http2Alone(String manner) {
        if (manner.equals("handshake")) {
            return handshake(socket -> socket.setHandshakeApplicationProtocolSelector(
                    (connection, offered) -> offered.contains("h2") ? "h2" : null));
        }
        return Deviation.ofConnector(healthy -> accepted -> {
            accepted.getOutputStream().write(HexFormat.of().parseHex(SETTINGS + GO_AWAY));
            Lingering.end(accepted, accepted.getInputStream());
            throw new IOException("no preface of HTTP/2");
        });
    }

    /** Current JDKs refuse to speak old TLS, so the server's part of it is played from a script. */
    private static Deviation oldTls(String answer) {
        byte[] bytes = HexFormat.of().parseHex(answer.equals("hello") ? OLD_HELLO : PROTOCOL_VERSION);
        return Deviation.ofConnector(healthy -> accepted -> {
            InputStream in = accepted.getInputStream();
            byte[] record = in.readNBytes(RECORD_HEADER);
            if (record.length == RECORD_HEADER && record[0] == TLS_HANDSHAKE) {
                in.readNBytes((record[3] & 0xff) << 8 | record[4] & 0xff);
                accepted.getOutputStream().write(bytes);
                // The client's own alert is read, or closing would reset the connection before ours arrives.
                accepted.setSoTimeout(1000);
                in.readNBytes(RECORD_HEADER + 2);
            }
            throw new IOException("no common version of TLS");
        });
    }

    /** One port for both, where a proxy has two: who speaks plain HTTP is sent to HTTPS. */
    private record HttpsRedirect() implements Deviation {

        @Override
        public String address(String address, int port) {
            return address.replace("https:", "http:");
        }

        @Override
        public Connector connector(Connector healthy) {
            return accepted -> {
                InputStream in = accepted.getInputStream();
                int first = in.read();
                if (first == TLS_HANDSHAKE) {
                    return ((Tls) healthy).connect(accepted, new byte[] {(byte) first}, true);
                }
                respondWithRedirect(accepted, in);
                throw new IOException("plain HTTP");
            };
        }
    }

    private static void respondWithRedirect(Socket accepted, InputStream in) throws IOException {
        Lingering.drain(accepted, in);
        String location = "https://127.0.0.1:" + accepted.getLocalPort() + HealthySite.STREAMABLE;
        accepted.getOutputStream()
                .write(("HTTP/1.1 301 Moved Permanently\r\nLocation: " + location
                                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static Deviation command(Json words) {
        if (words.size() == 0) {
            throw new IllegalArgumentException("expected the words of a command");
        }
        return Deviation.NONE;
    }
}
