package dev.mcppreflight.server.auth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the issuer about tokens that only it can read (RFC 7662); an answer holds for a few seconds. */
final class IntrospectionVerifier implements TokenVerifier {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final int MOST_KEPT = 1000;
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final Issuer issuer;
    private final ClientSecretBasic client;
    private final Clock clock;
    private final Map<ByteBuffer, Kept> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Kept(Grant grant, Instant until) {}

    /**
     * Creates a verifier.
     *
     * @param client the id of this server at the issuer
     * @param secret its secret
     */
    IntrospectionVerifier(Issuer issuer, String client, String secret, Clock clock) {
        this.issuer = issuer;
        this.client = new ClientSecretBasic(new ClientID(client), new Secret(secret));
        this.clock = clock;
    }

    @Override
    public Grant verify(String token) throws InvalidToken {
        ByteBuffer digest = ByteBuffer.wrap(ApiKey.digest(token));
        Instant now = clock.instant();
        synchronized (kept) {
            Kept known = kept.get(digest);
            if (known != null && now.isBefore(known.until())) {
                return known.grant();
            }
        }
        TokenIntrospectionSuccessResponse answer = ask(token);
        Instant end = answer.getExpirationTime() == null
                ? Instant.MAX
                : answer.getExpirationTime().toInstant();
        if (!answer.isActive() || !now.isBefore(end)) {
            throw new InvalidToken("The token has expired, was revoked, or is unknown");
        }
        if (answer.getIssuer() != null && !answer.getIssuer().getValue().equals(issuer.url())) {
            throw new InvalidToken("The token is of another issuer");
        }
        String subject = subject(answer);
        List<String> audience = answer.getAudience() == null ? List.of() : Audience.toStringList(answer.getAudience());
        Set<String> scopes = answer.getScope() == null
                ? Set.of()
                : Grant.scopes(answer.getScope().toString());
        Grant grant = new Grant(subject, audience, scopes);
        Instant until = now.plus(LIFE);
        synchronized (kept) {
            kept.put(digest, new Kept(grant, until.isBefore(end) ? until : end));
        }
        return grant;
    }

    private static String subject(TokenIntrospectionSuccessResponse answer) throws InvalidToken {
        if (answer.getSubject() != null) {
            return answer.getSubject().getValue();
        }
        if (answer.getClientID() != null) {
            return answer.getClientID().getValue();
        }
        throw new InvalidToken("The token names nobody");
    }

    private TokenIntrospectionSuccessResponse ask(String token) {
        URI endpoint = issuer.metadata().getIntrospectionEndpointURI();
        if (endpoint == null) {
            throw new IssuerUnavailable("the issuer " + issuer.url() + " publishes no introspection_endpoint", null);
        }
        try {
            HTTPRequest request =
                    new TokenIntrospectionRequest(endpoint, client, new BearerAccessToken(token)).toHTTPRequest();
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            request.setFollowRedirects(false);
            TokenIntrospectionResponse answer = TokenIntrospectionResponse.parse(request.send());
            if (answer.indicatesSuccess()) {
                return answer.toSuccessResponse();
            }
            throw new IssuerUnavailable("the issuer " + issuer.url() + " refuses to introspect tokens", null);
        } catch (IOException | ParseException e) {
            throw new IssuerUnavailable("the issuer " + issuer.url() + " does not introspect tokens", e);
        }
    }
}
