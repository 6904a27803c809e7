package dev.mcppreflight.server.auth;

import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who sends an access token of the issuer that was made out to this server (RFC 6750, RFC 9068). */
public final class OAuthPolicy implements AccessPolicy {

    private final Logger log = LoggerFactory.getLogger(OAuthPolicy.class);
    private final Issuer issuer;
    private final TokenVerifier verifier;
    private final Set<String> audiences;

    /**
     * Creates a policy.
     *
     * @param issuer who issues the tokens
     * @param audiences names of this server besides its addresses, such as the identifier of an API at the issuer
     */
    public OAuthPolicy(Issuer issuer, Set<String> audiences) {
        this(issuer, new JwtVerifier(issuer, JwtVerifier.Patience.USUAL), audiences);
    }

    OAuthPolicy(Issuer issuer, TokenVerifier verifier, Set<String> audiences) {
        this.issuer = issuer;
        this.verifier = verifier;
        this.audiences = Set.copyOf(audiences);
    }

    @Override
    public Admission admission(Credentials credentials, Resource resource) {
        Challenge challenge = Challenge.plain().metadata(resource).scope(Scope.READ);
        if (credentials.isMalformed()) {
            return refused(
                    400,
                    challenge.error("invalid_request", "Send one Authorization header: Bearer TOKEN"),
                    "Bad request: the Authorization header is malformed");
        }
        String token = credentials.bearer();
        if (token == null) {
            // Nothing was sent, so there is no error to name (RFC 6750, 3.1).
            return refused(401, challenge, "Unauthorized: sign in, see the resource metadata");
        }
        try {
            Grant grant = verifier.verify(token);
            if (!isForUs(grant, resource)) {
                throw new InvalidToken("The token was made out to somebody else");
            }
            return new Admission.Admitted(Identity.known(grant.label(issuer.url()), grant.scopes()));
        } catch (InvalidToken e) {
            return refused(401, challenge.error("invalid_token", e.getMessage()), "Unauthorized: " + e.getMessage());
        } catch (IssuerUnavailable e) {
            log.warn("a token cannot be checked: {}", e.getMessage());
            return refused(503, null, "Unavailable: the token cannot be checked now");
        }
    }

    private boolean isForUs(Grant grant, Resource resource) {
        Set<String> names = new TreeSet<>(audiences);
        names.addAll(resource.audiences());
        return grant.isFor(names);
    }

    private static Admission refused(int status, Challenge challenge, String message) {
        return new Admission.Refused(new Refusal(status, challenge == null ? null : challenge.toString(), message));
    }
}
