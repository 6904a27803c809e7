package dev.mcppreflight.conformance.wire;

import java.time.Instant;
import java.util.List;

/**
 * What the TLS handshake showed.
 *
 * @param protocol such as TLSv1.3; empty when the handshake failed
 * @param chain the certificates as the server sent them, leaf first
 */
public record TlsFacts(String protocol, List<Certificate> chain) {

    /**
     * One certificate.
     *
     * @param subject its distinguished name
     * @param issuer that of its issuer
     * @param names the names it is for (DNS and IP subject alternative names)
     */
    public record Certificate(String subject, String issuer, List<String> names, Instant notBefore, Instant notAfter) {}
}
