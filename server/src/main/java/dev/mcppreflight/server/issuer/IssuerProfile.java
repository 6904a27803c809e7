package dev.mcppreflight.server.issuer;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * What the parts of the issuer have to know of it.
 *
 * @param url its identifier
 * @param options how it behaves
 */
record IssuerProfile(URI url, DemoIssuer.Options options) {

    /** Returns the identifier as it stands in tokens, metadata and responses. */
    String issuer() {
        return url.toString();
    }

    /** Returns what clients may ask for. */
    Set<String> scopes() {
        return options.scopes();
    }

    /** Returns the same with what tells who the user is (OpenID Connect Core, 5.4). */
    Set<String> offer() {
        Set<String> offer = new LinkedHashSet<>(options.scopes());
        offer.add(OidcScopes.OPENID);
        offer.add(OidcScopes.EMAIL);
        return offer;
    }

    /** Returns what clients get that ask for nothing. */
    Set<String> defaultScopes() {
        return Set.of(options.scopes().iterator().next());
    }
}
