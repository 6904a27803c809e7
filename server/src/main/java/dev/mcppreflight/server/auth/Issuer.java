package dev.mcppreflight.server.auth;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An authorization server and what it says of itself, asked for when it is first needed. */
public final class Issuer {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofHours(1);

    private final URI url;
    private final Clock clock;
    private AuthorizationServerMetadata metadata;
    private Instant nextLook = Instant.MIN;

    /**
     * Creates an issuer that nobody has asked yet.
     *
     * @param url its identifier, to the letter
     */
    public Issuer(URI url, Clock clock) {
        this.url = url;
        this.clock = clock;
    }

    /** Returns its identifier. */
    public String url() {
        return url.toString();
    }

    /**
     * Returns its metadata, by RFC 8414 or OpenID Connect Discovery, at most an hour old.
     *
     * @throws IssuerUnavailable when it does not answer, or answers with metadata of another issuer
     */
    public synchronized AuthorizationServerMetadata metadata() {
        if (clock.instant().isBefore(nextLook)) {
            if (metadata == null) {
                throw new IssuerUnavailable("the issuer " + url + " did not answer a moment ago", null);
            }
            return metadata;
        }
        Exception last = null;
        for (URI place : places()) {
            try {
                AuthorizationServerMetadata found = AuthorizationServerMetadata.parse(
                        retriever().retrieveResource(place.toURL()).getContent());
                if (found.getIssuer().getValue().equals(url())) {
                    metadata = found;
                    nextLook = clock.instant().plus(LIFE);
                    return found;
                }
                last = new GeneralException("the metadata at " + place + " are those of another issuer");
            } catch (IOException | ParseException | IllegalArgumentException e) {
                last = e;
            }
        }
        nextLook = clock.instant().plus(RETRY);
        if (metadata != null) {
            return metadata;
        }
        throw new IssuerUnavailable("the issuer " + url + " has no usable metadata: " + last.getMessage(), last);
    }

    /** Returns its metadata as a JSON object, or nothing when it cannot be asked. */
    public Optional<Map<String, Object>> document() {
        try {
            return Optional.of(metadata().toJSONObject());
        } catch (IssuerUnavailable e) {
            return Optional.empty();
        }
    }

    /** In the order of the specification (2025-11-25, basic/authorization, "Authorization Server Metadata Discovery"). */
    private List<URI> places() {
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/$", "");
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        return List.of(
                URI.create(origin + "/.well-known/oauth-authorization-server" + path),
                URI.create(origin + "/.well-known/openid-configuration" + path),
                URI.create(origin + path + "/.well-known/openid-configuration"));
    }

    /** Returns what fetches documents: little, quickly, and from nowhere else than asked. */
    static DefaultResourceRetriever retriever() {
        return new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES) {
            @Override
            protected HttpURLConnection openHTTPConnection(URL address) throws IOException {
                HttpURLConnection connection = super.openHTTPConnection(address);
                connection.setInstanceFollowRedirects(false);
                return connection;
            }
        };
    }
}
