package dev.mcppreflight.conformance.fault.http;

import dev.mcppreflight.conformance.data.Resources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS with one of the certificates in {@code fixtures/tls}. */
public final class Tls implements Connector {

    private static final char[] PASSWORD = "password".toCharArray();

    private final SSLSocketFactory sockets;

    /** @param certificate the name of the key store, such as {@code healthy} */
    public Tls(String certificate) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Resources.bytes("fixtures/tls/" + certificate + ".p12")), PASSWORD);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), clientAuthority().getTrustManagers(), null);
            sockets = context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use the key store " + certificate, e);
        }
    }

    @Override
    public SSLSocket connect(Socket accepted) throws IOException {
        return connect(accepted, new byte[0], true);
    }

    /**
     * Speaks TLS on a connection.
     *
     * @param consumed what has been read from it already
     * @param autoClose whether it ends with TLS; otherwise the caller can still let an alert arrive
     */
    public SSLSocket connect(Socket accepted, byte[] consumed, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(accepted, new ByteArrayInputStream(consumed), autoClose);
        socket.setUseClientMode(false);
        return socket;
    }

    /** Where client certificates are demanded, the test authority is the one to have issued them. */
    private static TrustManagerFactory clientAuthority() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Resources.bytes("fixtures/tls/ca.pem"))));
        TrustManagerFactory authority = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authority.init(trusted);
        return authority;
    }
}
