package dev.mcppreflight.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;

/**
 * Reads access tokens that are signed JWTs (RFC 9068, RFC 8725): with a key of the issuer, by an algorithm with a private
 * key, from this issuer, not expired.
 */
final class JwtVerifier implements TokenVerifier {

    /** Nothing symmetric, with which the published key would be the secret, and never {@code none}. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int LONGEST = 16 * 1024;

    private final Issuer issuer;
    private final Patience patience;
    private volatile DefaultJWTProcessor<SecurityContext> processor;

    /**
     * How long things may take and last.
     *
     * @param skew by how much clocks may differ
     * @param keys how long keys are kept; one that is withdrawn is accepted no longer than this
     * @param refresh the least time between two looks for a key that is not known
     */
    record Patience(Duration skew, Duration keys, Duration refresh) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofSeconds(10));
    }

    JwtVerifier(Issuer issuer, Patience patience) {
        this.issuer = issuer;
        this.patience = patience;
    }

    /** Tells whether a token has the form of a signed JWT at all. */
    static boolean isJwt(String token) {
        return token.length() <= LONGEST && token.chars().filter(c -> c == '.').count() == 2 && token.startsWith("ey");
    }

    @Override
    public Grant verify(String token) throws InvalidToken {
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new InvalidToken("The token is malformed");
        }
        try {
            JWTClaimsSet claims = processor().process(jwt, null);
            String subject = claims.getSubject() == null ? claims.getStringClaim("client_id") : claims.getSubject();
            if (subject == null) {
                throw new InvalidToken("The token names nobody");
            }
            return new Grant(
                    subject, claims.getAudience(), Grant.scopes(claims.getClaim("scope"), claims.getClaim("scp")));
        } catch (ExpiredJWTException e) {
            throw new InvalidToken("The token has expired");
        } catch (RateLimitReachedException e) {
            throw new InvalidToken("The token is signed with an unknown key");
        } catch (RemoteKeySourceException e) {
            throw new IssuerUnavailable("the keys of the issuer " + issuer.url() + " cannot be fetched", e);
        } catch (KeySourceException e) {
            throw new InvalidToken("The token is signed with an unknown key");
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new InvalidToken("The token is not valid: its signature, issuer or time is wrong");
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() {
        DefaultJWTProcessor<SecurityContext> ready = processor;
        if (ready == null) {
            ready = processor(keys(issuer.metadata().getJWKSetURI()));
            processor = ready;
        }
        return ready;
    }

    private DefaultJWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
        made.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(issuer.url()).build(), Set.of("exp"));
        claims.setMaxClockSkew((int) patience.skew().toSeconds());
        made.setJWTClaimsSetVerifier(claims);
        return made;
    }

    private JWKSource<SecurityContext> keys(URI place) {
        if (place == null) {
            throw new IssuerUnavailable("the issuer " + issuer.url() + " publishes no jwks_uri", null);
        }
        try {
            return JWKSourceBuilder.<SecurityContext>create(place.toURL(), Issuer.retriever())
                    .cache(patience.keys().toMillis(), JWKSourceBuilder.DEFAULT_CACHE_REFRESH_TIMEOUT)
                    .refreshAheadCache(false)
                    .rateLimited(patience.refresh().toMillis())
                    .retrying(true)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IssuerUnavailable("the issuer " + issuer.url() + " publishes a jwks_uri that is none", e);
        }
    }
}
