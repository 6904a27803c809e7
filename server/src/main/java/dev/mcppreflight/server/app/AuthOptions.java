package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.NewApiKey;
import dev.mcppreflight.server.auth.OAuthPolicy;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.auth.SignIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options about who may connect. */
final class AuthOptions {

    @Option(
            names = "--auth",
            paramLabel = "MODE",
            description = "Who may connect: none (default), apikey, oauth, or mixed, where handshake and lists are open"
                    + " to all and calls take a token or a key.")
    private String auth = "none";

    @Option(
            names = "--auth-profile",
            paramLabel = "rfc6750|seed",
            description = "Answer to a wrong key: 401 (rfc6750, default) or 403 (seed).")
    private String authProfile = "rfc6750";

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = "Keys of --auth apikey or mixed besides $MCP_API_KEY, in lines of --new-api-key.")
    private Path keys;

    @Option(
            names = "--new-api-key",
            paramLabel = "LABEL[:SCOPE,...]",
            description = "Make a key, print it once and its line for --api-keys, and end.")
    private String newKey;

    @Option(
            names = "--open-tool",
            paramLabel = "TOOL",
            split = ",",
            description = "With --auth mixed, let all call this tool (repeatable).")
    private List<String> openTools = List.of();

    @Option(
            names = "--oauth-issuer",
            paramLabel = "URL",
            description =
                    "Authorization server of --auth oauth or mixed, such as https://keycloak.example.org/realms/docs.")
    private String issuer = "";

    @Option(
            names = "--oauth-audience",
            paramLabel = "NAME",
            split = ",",
            description = "Also accept tokens made out to this name, besides the URLs of the server (repeatable).")
    private List<String> audiences = List.of();

    @Mixin
    private final DemoIssuerOptions demoIssuer = new DemoIssuerOptions();

    /** Tells whether credentials are asked for at all. */
    boolean asks() {
        return !mode().equals("none");
    }

    /** Returns the options about an authorization server for tries. */
    DemoIssuerOptions demoIssuer() {
        return demoIssuer;
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
        if (!usesOAuth() && (demoIssuer.isAsked() || !issuer.isEmpty())) {
            throw new Usage(
                    (demoIssuer.isAsked() ? "--demo-issuer" : "--oauth-issuer") + " needs --auth oauth or mixed");
        }
        if (!openTools.isEmpty() && !mode().equals("mixed")) {
            throw new Usage("--open-tool needs --auth mixed");
        }
        if (keys != null && !mode().equals("apikey") && !mode().equals("mixed")) {
            throw new Usage("--api-keys needs --auth apikey or mixed");
        }
        return switch (mode()) {
            case "none" -> new Access(AccessPolicy.open(), null);
            case "apikey" -> new Access(new ApiKeyPolicy(new ApiKeys(keys(environment, true)), profile), null);
            case "oauth" -> oauth(environment, demo, ApiKeys.none());
            case "mixed" -> oauth(environment, demo, new ApiKeys(keys(environment, false)));
            default -> throw new Usage("--auth must be none, apikey, oauth or mixed, not '" + auth + "'");
        };
    }

    /**
     * Who may connect.
     *
     * @param policy decides
     * @param signIn how users sign in, or null where they do not
     */
    record Access(AccessPolicy policy, SignIn signIn) {}

    private Access oauth(Settings environment, URI demo, ApiKeys accepted) {
        Clock clock = Clock.systemUTC();
        SignIn signIn = new SignIn(new Issuer(issuer(demo), clock), mode().equals("mixed"), Set.copyOf(openTools));
        return new Access(new OAuthPolicy(signIn, client(environment), Set.copyOf(audiences), accepted, clock), signIn);
    }

    private static OAuthPolicy.Client client(Settings environment) {
        String id = environment.get("MCP_OAUTH_CLIENT_ID");
        String secret = environment.get("MCP_OAUTH_CLIENT_SECRET");
        if ((id == null) != (secret == null)) {
            throw new Usage("MCP_OAUTH_CLIENT_ID and MCP_OAUTH_CLIENT_SECRET go together");
        }
        return id == null ? null : new OAuthPolicy.Client(id, secret);
    }

    /** Returns the key that was asked for, or null. */
    NewApiKey newKey() {
        if (newKey == null) {
            return null;
        }
        String[] parts = newKey.split(":", 2);
        try {
            return NewApiKey.make(parts[0], parts.length > 1 ? parts[1] : String.join(",", Scope.ALL));
        } catch (IllegalArgumentException e) {
            throw new Usage("--new-api-key: " + e.getMessage().replaceFirst("^line 1:? ", ""));
        }
    }

    private List<ApiKey> keys(Settings environment, boolean needed) {
        List<ApiKey> all = new ArrayList<>();
        try {
            if (keys != null) {
                all.addAll(ApiKeys.read(Files.readAllLines(keys)));
            }
        } catch (IOException e) {
            throw new Usage("--api-keys cannot be read as UTF-8 text");
        } catch (IllegalArgumentException e) {
            throw new Usage("--api-keys, " + e.getMessage());
        }
        try {
            String one = environment.get("MCP_API_KEY");
            if (one != null || needed && all.isEmpty()) {
                all.add(new ApiKey(one));
            }
        } catch (IllegalArgumentException e) {
            throw new Usage(e.getMessage());
        }
        return all;
    }

    private boolean usesOAuth() {
        return mode().equals("oauth") || mode().equals("mixed");
    }

    private String mode() {
        return auth.toLowerCase(Locale.ROOT);
    }

    private URI issuer(URI demo) {
        if (demoIssuer.isAsked() && !issuer.isEmpty()) {
            throw new Usage("--demo-issuer and --oauth-issuer exclude each other");
        }
        if (demoIssuer.isAsked()) {
            // Not started when the configuration is only shown.
            return demo == null ? URI.create("http://127.0.0.1:" + demoIssuer.port()) : demo;
        }
        if (issuer.isEmpty()) {
            throw new Usage("--auth " + mode() + " needs --oauth-issuer, or --demo-issuer for a try");
        }
        try {
            URI url = new URI(issuer);
            boolean secure = "https".equals(url.getScheme());
            boolean local = "http".equals(url.getScheme()) && isLoopback(url.getHost());
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

    private static boolean isLoopback(String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
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
