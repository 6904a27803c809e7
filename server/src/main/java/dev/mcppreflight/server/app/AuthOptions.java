package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.OAuthPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options about who may connect. */
final class AuthOptions {

    @Option(names = "--auth", paramLabel = "none|apikey|oauth", description = "Who may connect (default none).")
    private String auth = "none";

    @Option(
            names = "--auth-profile",
            paramLabel = "rfc6750|seed",
            description = "Answer to a wrong key: 401 (rfc6750, default) or 403 (seed).")
    private String authProfile = "rfc6750";

    @Option(
            names = "--oauth-issuer",
            paramLabel = "URL",
            description = "Authorization server of --auth oauth, such as https://keycloak.example.org/realms/docs.")
    private String issuer = "";

    @Option(
            names = "--oauth-audience",
            paramLabel = "NAME",
            split = ",",
            description = "Also accept tokens made out to this name, besides the URLs of the server (repeatable).")
    private List<String> audiences = List.of();

    @Option(
            names = "--demo-issuer",
            description = "Start an authorization server on this machine for tries, where a click signs in.")
    private boolean demoIssuer;

    @Option(names = "--demo-issuer-port", paramLabel = "PORT", description = "Its port (default 0, a free one).")
    private int demoIssuerPort;

    @Option(
            names = "--demo-issuer-local-clients",
            description = "Let it take client metadata documents from http addresses of this machine.")
    private boolean localClients;

    /** Tells whether credentials are asked for at all. */
    boolean asks() {
        return !mode().equals("none");
    }

    /** Tells whether the demo issuer is asked for. */
    boolean startsIssuer() {
        return demoIssuer;
    }

    /** Returns the port of the demo issuer. */
    int issuerPort() {
        return demoIssuerPort;
    }

    /** Tells whether the demo issuer takes documents from this machine. */
    boolean takesLocalClients() {
        return localClients;
    }

    /**
     * Returns who may connect.
     *
     * @param environment holds the keys
     * @param demo the demo issuer, or null when none was started
     * @throws Usage when the options contradict each other
     */
    Access access(Settings environment, URI demo) {
        AuthProfile profile = profile();
        if (!mode().equals("oauth") && (demoIssuer || !issuer.isEmpty())) {
            throw new Usage((demoIssuer ? "--demo-issuer" : "--oauth-issuer") + " needs --auth oauth");
        }
        return switch (mode()) {
            case "none" -> new Access(AccessPolicy.open(), null);
            case "apikey" -> new Access(new ApiKeyPolicy(key(environment), profile), null);
            case "oauth" -> {
                Issuer authority = new Issuer(issuer(demo), Clock.systemUTC());
                yield new Access(new OAuthPolicy(authority, Set.copyOf(audiences)), authority);
            }
            default -> throw new Usage("--auth must be none, apikey or oauth, not '" + auth + "'");
        };
    }

    /**
     * Who may connect.
     *
     * @param policy decides
     * @param issuer the authorization server, or null
     */
    record Access(AccessPolicy policy, Issuer issuer) {}

    private String mode() {
        return auth.toLowerCase(Locale.ROOT);
    }

    private static ApiKey key(Settings environment) {
        try {
            return new ApiKey(environment.get("MCP_API_KEY"));
        } catch (IllegalArgumentException e) {
            throw new Usage(e.getMessage());
        }
    }

    private URI issuer(URI demo) {
        if (demoIssuer && !issuer.isEmpty()) {
            throw new Usage("--demo-issuer and --oauth-issuer exclude each other");
        }
        if (demoIssuer) {
            // Not started when the configuration is only shown.
            return demo == null ? URI.create("http://127.0.0.1:" + demoIssuerPort) : demo;
        }
        if (issuer.isEmpty()) {
            throw new Usage("--auth oauth needs --oauth-issuer, or --demo-issuer for a try");
        }
        try {
            URI url = new URI(issuer);
            boolean secure = "https".equals(url.getScheme());
            boolean local =
                    "http".equals(url.getScheme()) && url.getHost() != null && ServerOptions.isLoopback(url.getHost());
            if ((secure || local)
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new Usage("--oauth-issuer must be an https URL without query, as the issuer writes it in its metadata");
    }

    private AuthProfile profile() {
        for (AuthProfile choice : AuthProfile.values()) {
            if (choice.name().equalsIgnoreCase(authProfile)) {
                return choice;
            }
        }
        throw new Usage("--auth-profile must be rfc6750 or seed, not '" + authProfile + "'");
    }
}
