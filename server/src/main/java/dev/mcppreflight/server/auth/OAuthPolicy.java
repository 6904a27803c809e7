package dev.mcppreflight.server.auth;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who sends an access token of the issuer that was made out to this server (RFC 6750, RFC 9068). */
public final class OAuthPolicy implements AccessPolicy {

    private final Logger log = LoggerFactory.getLogger(OAuthPolicy.class);
    private final SignIn signIn;
    private final TokenVerifier signed;
    private final TokenVerifier opaque;
    private final Set<String> audiences;
    private final ApiKeys keys;

    /**
     * How this server is known to its issuer, which tells about opaque tokens only to those it knows.
     *
     * @param id the client id
     * @param secret the secret
     */
    public record Client(String id, String secret) {}

    /**
     * Creates a policy.
     *
     * @param signIn who issues the tokens, and what is open without one
     * @param client how to ask the issuer about opaque tokens, or null to refuse them
     * @param audiences names of this server besides its addresses, such as the identifier of an API at the issuer
     * @param keys keys that are as good as a token
     */
    public OAuthPolicy(SignIn signIn, Client client, Set<String> audiences, ApiKeys keys, Clock clock) {
        this(
                signIn,
                new JwtVerifier(signIn.issuer(), JwtVerifier.Patience.USUAL),
                client == null
                        ? token -> {
                            throw new InvalidToken("The token is no JWT");
                        }
                        : new IntrospectionVerifier(signIn.issuer(), client.id(), client.secret(), clock),
                audiences,
                keys);
    }

    OAuthPolicy(SignIn signIn, TokenVerifier signed, TokenVerifier opaque, Set<String> audiences, ApiKeys keys) {
        this.signIn = signIn;
        this.signed = signed;
        this.opaque = opaque;
        this.audiences = Set.copyOf(audiences);
        this.keys = keys;
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
        String token = credentials.authorization().isEmpty() ? credentials.key() : credentials.bearer();
        if (token == null) {
            // Nothing was sent, so there is no error to name (RFC 6750, 3.1).
            return signIn.mixed() && credentials.authorization().isEmpty()
                    ? new Admission.Admitted(Identity.ANONYMOUS)
                    : refused(401, challenge, "Unauthorized: sign in, see the resource metadata");
        }
        Optional<Identity> holder = keys.find(token);
        if (holder.isPresent()) {
            return new Admission.Admitted(holder.get());
        }
        try {
            return new Admission.Admitted(
                    holder(token, !credentials.authorization().isEmpty(), resource));
        } catch (InvalidToken e) {
            return refused(401, challenge.error("invalid_token", e.getMessage()), "Unauthorized: " + e.getMessage());
        } catch (IssuerUnavailable e) {
            log.warn("a token cannot be checked: {}", e.getMessage());
            return refused(503, null, "Unavailable: the token cannot be checked now");
        }
    }

    private Identity holder(String token, boolean bearer, Resource resource) throws InvalidToken {
        if (!bearer) {
            throw new InvalidToken("The key is wrong");
        }
        Grant grant = (JwtVerifier.isJwt(token) ? signed : opaque).verify(token);
        Set<String> names = new TreeSet<>(audiences);
        names.addAll(resource.audiences());
        if (!grant.isFor(names)) {
            throw new InvalidToken("The token was made out to somebody else");
        }
        return Identity.known(grant.label(signIn.issuer().url()), grant.scopes());
    }

    private static Admission refused(int status, Challenge challenge, String message) {
        return new Admission.Refused(new Refusal(status, challenge == null ? null : challenge.toString(), message));
    }
}
