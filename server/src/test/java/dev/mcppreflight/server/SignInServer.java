package dev.mcppreflight.server;

import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.OAuthPolicy;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.issuer.DemoIssuer;
import dev.mcppreflight.server.issuer.IssuerWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A server whose users sign in at the demo issuer, as {@code --auth oauth --demo-issuer} starts them. */
public final class SignInServer implements AutoCloseable {

    private final DemoIssuer issuer;
    private final TestServer server;

    public SignInServer() {
        this(false, Set.of());
    }

    /**
     * @param mixed whether handshake and lists are open to all
     * @param openTools the tools that are open to all as well
     */
    public SignInServer(boolean mixed, Set<String> openTools) {
        try {
            issuer = DemoIssuer.start(
                    new DemoIssuer.Options(0, new LinkedHashSet<>(Scope.ALL), () -> "urn:unused", false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = at(issuer.url(), mixed, openTools);
    }

    /** Returns a server whose users sign in there. */
    static TestServer at(URI issuer, boolean mixed, Set<String> openTools) {
        SignIn signIn = new SignIn(new Issuer(issuer, Clock.systemUTC()), mixed, openTools);
        return TestServer.with(
                new ServerConfig(
                        HttpOptions.local(),
                        new OAuthPolicy(signIn, null, Set.of(), ApiKeys.none(), Clock.systemUTC()),
                        signIn,
                        null,
                        Map.of(),
                        null),
                Clock.systemUTC());
    }

    public TestServer server() {
        return server;
    }

    public String issuer() {
        return issuer.url().toString();
    }

    /** Signs a user in and returns the access token for this path. */
    public String token(String path) {
        IssuerWalk walk = new IssuerWalk(issuer.url());
        return walk.signIn(walk.client(), server.url() + path, Scope.READ)
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @Override
    public void close() {
        server.close();
        issuer.close();
    }
}
