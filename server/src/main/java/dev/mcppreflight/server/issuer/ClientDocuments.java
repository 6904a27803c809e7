package dev.mcppreflight.server.issuer;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Clients whose id is the address of a document that describes them (draft-ietf-oauth-client-id-metadata-document). They
 * are public clients. Nothing is fetched from private networks, and no redirect is followed.
 */
final class ClientDocuments {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final int MOST_BYTES = 5 * 1024;
    private static final int MOST_CACHED = 200;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=(\\d{1,9})");

    private final IssuerProfile profile;
    private final Map<String, Cached> cache = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
            return size() > MOST_CACHED;
        }
    };

    private record Cached(RegisteredClient client, Instant until) {}

    ClientDocuments(IssuerProfile profile) {
        this.profile = profile;
    }

    /** Tells whether a client id is the address of a document. */
    boolean isDocument(String clientId) {
        try {
            URI uri = new URI(clientId);
            boolean secure = "https".equals(uri.getScheme());
            boolean local = profile.options().loopbackClients()
                    && "http".equals(uri.getScheme())
                    && RedirectUris.isLoopback(uri.getHost());
            return (secure || local)
                    && uri.getHost() != null
                    && uri.getRawPath().length() > 1
                    && !uri.normalize().getRawPath().endsWith("/..")
                    && uri.normalize().equals(uri)
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns the client that a document describes, or null when it cannot be fetched or is wrong. */
    RegisteredClient find(String clientId) {
        synchronized (cache) {
            Cached cached = cache.get(clientId);
            if (cached != null && cached.until().isAfter(Instant.now())) {
                return cached.client();
            }
        }
        try {
            URI uri = URI.create(clientId);
            if (!isReachable(uri)) {
                return null;
            }
            CarefulRetriever fetching = new CarefulRetriever();
            Resource document = fetching.retrieveResource(uri.toURL());
            RegisteredClient client = client(clientId, JSONObjectUtils.parse(document.getContent()));
            if (client != null && !fetching.life().isZero()) {
                synchronized (cache) {
                    cache.put(clientId, new Cached(client, Instant.now().plus(fetching.life())));
                }
            }
            return client;
        } catch (IOException | ParseException e) {
            return null;
        }
    }

    private boolean isReachable(URI uri) throws IOException {
        return profile.options().loopbackClients() && RedirectUris.isLoopback(uri.getHost())
                || Arrays.stream(InetAddress.getAllByName(uri.getHost())).allMatch(ClientDocuments::isPublic);
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !unique
                && !shared;
    }

    private RegisteredClient client(String clientId, Map<String, Object> document) throws ParseException {
        List<String> redirects = JSONObjectUtils.getStringList(document, "redirect_uris");
        String name = JSONObjectUtils.getString(document, "client_name");
        boolean hasSecret = document.containsKey("client_secret");
        if (!clientId.equals(document.get("client_id"))
                || name == null
                || hasSecret
                || redirects == null
                || redirects.isEmpty()
                || !redirects.stream().allMatch(RedirectUris::isRegistrable)) {
            return null;
        }
        return Registrations.builder(clientId)
                .clientName(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(redirects))
                .scopes(scopes -> scopes.addAll(profile.offer()))
                .build();
    }

    /** Follows no redirect, reads little, and notes how long the answer may be kept. */
    private static final class CarefulRetriever extends DefaultResourceRetriever {

        private HttpURLConnection connection;

        CarefulRetriever() {
            super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json");
            return connection;
        }

        Duration life() {
            String control = connection.getHeaderField("Cache-Control");
            if (control == null || control.contains("no-store") || control.contains("no-cache")) {
                return Duration.ZERO;
            }
            Matcher age = MAX_AGE.matcher(control);
            Duration life = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : Duration.ZERO;
            return life.compareTo(LONGEST) > 0 ? LONGEST : life;
        }
    }
}
