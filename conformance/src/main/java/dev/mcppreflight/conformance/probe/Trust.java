package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.TlsFacts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Decides whether a certificate chain is good, and says in which way it is not. The handshake itself accepts every chain,
 * so that a bad one can be shown; nothing is sent over a connection whose chain was judged bad (RFC 9110 section 4.3.4).
 */
public final class Trust {

    private static final String CA_ISSUERS_EXTENSION = "1.3.6.1.5.5.7.1.1";

    private final Path authority;
    private final boolean insecure;
    private SSLContext context;
    private X509TrustManager judge;

    /** Loads nothing yet: a TLS context costs a short-lived program a quarter of a second. */
    public Trust(Target target) {
        this.authority = target.authority();
        this.insecure = target.insecure();
    }

    /** A context whose handshakes accept every chain. */
    public synchronized SSLContext acceptingContext() {
        if (context == null) {
            try {
                context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new AcceptAll()}, null);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return context;
    }

    /** A context that trusts what {@link #judge} trusts, for clients that decide by themselves. */
    public SSLContext judgingContext() {
        if (insecure) {
            return acceptingContext();
        }
        try {
            SSLContext judging = SSLContext.getInstance("TLS");
            judging.init(null, new TrustManager[] {judge()}, null);
            return judging;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with this chain for this host; empty when nothing is, or when every chain is accepted. */
    public Optional<Failure> judge(List<X509Certificate> chain, String host) {
        if (insecure) {
            return Optional.empty();
        }
        if (chain.isEmpty()) {
            return Optional.of(new Failure(Failure.Kind.TLS_REFUSED, "the server sent no certificate"));
        }
        X509Certificate leaf = chain.get(0);
        Instant now = Instant.now();
        if (leaf.getNotAfter().toInstant().isBefore(now)) {
            return failure(
                    Failure.Kind.CERTIFICATE_EXPIRED,
                    "the certificate expired on " + leaf.getNotAfter().toInstant());
        }
        if (leaf.getNotBefore().toInstant().isAfter(now)) {
            return failure(
                    Failure.Kind.CERTIFICATE_NOT_YET_VALID,
                    "the certificate is valid from " + leaf.getNotBefore().toInstant());
        }
        if (names(leaf).stream().noneMatch(name -> covers(name, host))) {
            return failure(
                    Failure.Kind.CERTIFICATE_WRONG_HOST,
                    "the certificate is for " + String.join(", ", names(leaf)) + ", not for " + host);
        }
        try {
            judge().checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return Optional.empty();
        } catch (CertificateException e) {
            return failure(untrusted(chain), "issued by " + leaf.getIssuerX500Principal());
        }
    }

    /** The chain in words. */
    public static TlsFacts facts(String protocol, List<X509Certificate> chain) {
        return new TlsFacts(
                protocol,
                chain.stream()
                        .map(certificate -> new TlsFacts.Certificate(
                                certificate.getSubjectX500Principal().getName(),
                                certificate.getIssuerX500Principal().getName(),
                                names(certificate),
                                certificate.getNotBefore().toInstant(),
                                certificate.getNotAfter().toInstant()))
                        .toList());
    }

    private static Failure.Kind untrusted(List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
            return Failure.Kind.CERTIFICATE_SELF_SIGNED;
        }
        // A private authority's lone leaf looks the same but names no place where its issuer could be fetched.
        return chain.size() == 1 && leaf.getExtensionValue(CA_ISSUERS_EXTENSION) != null
                ? Failure.Kind.CERTIFICATE_CHAIN_INCOMPLETE
                : Failure.Kind.CERTIFICATE_UNTRUSTED;
    }

    private static Optional<Failure> failure(Failure.Kind kind, String detail) {
        return Optional.of(new Failure(kind, detail));
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            names.add("(unreadable names)");
        }
        return names;
    }

    private static boolean covers(String pattern, String host) {
        String wanted = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
        String name = pattern.toLowerCase(Locale.ROOT);
        if (name.startsWith("*.")) {
            int dot = wanted.indexOf('.');
            return dot > 0 && wanted.substring(dot).equals(name.substring(1));
        }
        return name.equals(wanted) || (wanted.contains(":") && sameAddress(name, wanted));
    }

    private static boolean sameAddress(String a, String b) {
        try {
            return a.contains(":") && InetAddress.getByName(a).equals(InetAddress.getByName(b));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private synchronized X509TrustManager judge() {
        if (judge == null) {
            judge = new SystemAndAuthority(systemTrust(), authority == null ? null : authorityTrust());
        }
        return judge;
    }

    private static X509TrustManager systemTrust() {
        return trustManager(null);
    }

    private X509TrustManager authorityTrust() {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            return trustManager(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(authority + " holds no certificates: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager trustManager(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record SystemAndAuthority(X509TrustManager system, X509TrustManager authority) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (authority != null) {
                try {
                    authority.checkServerTrusted(chain, type);
                    return;
                } catch (CertificateException e) {
                    // The system's authorities may still know the chain.
                }
            }
            system.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is judged here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class AcceptAll extends javax.net.ssl.X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}
    }
}
