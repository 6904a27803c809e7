package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.mcp.Trait;
import dev.mcppreflight.conformance.target.OtherTokens;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a server learns who calls: not at all, by one key, or by the tokens of its own authorization server. */
public final class SignIn {

    /** The user to whom most tokens belong. */
    public static final String USER = "alice";

    private static final long LONG = 3_600;

    private final Optional<Guard> guard;
    private final Optional<AuthorizationServer> authorization;
    private final Optional<ResourceMetadata> metadata;
    private final Optional<String> bearer;
    private final OtherTokens others;

    /**
     * Sets it up.
     *
     * @param key the one key, where that is the way
     * @param origin the address of the server without a path
     * @param main the path that a user gives
     */
    public SignIn(Set<Trait> traits, Optional<String> key, String origin, String main) {
        boolean proxy = traits.contains(Trait.OAUTH_PROXY);
        boolean published = traits.contains(Trait.OAUTH) || traits.contains(Trait.OAUTH_AT_CALLS) || proxy;
        if (!published && !traits.contains(Trait.OAUTH_AT_ORIGIN)) {
            guard = key.map(KeyGuard::new);
            authorization = Optional.empty();
            metadata = Optional.empty();
            bearer = Optional.empty();
            others = OtherTokens.NONE;
            return;
        }
        Tokens tokens = new Tokens(origin);
        String here = origin + main;
        Guard everywhere = new TokenGuard(tokens, origin, published);
        guard = Optional.of(traits.contains(Trait.OAUTH_AT_CALLS) ? new GuardOfCalls(everywhere) : everywhere);
        authorization = Optional.of(new AuthorizationServer(
                origin, tokens, proxy ? Optional.of(new OAuthProxy(origin, tokens)) : Optional.empty()));
        metadata = published ? Optional.of(new ResourceMetadata(origin, main)) : Optional.empty();
        bearer = Optional.of(tokens.mint(USER, here, TokenGuard.SCOPE, LONG));
        others = new OtherTokens(
                tokens.mint(USER, here, TokenGuard.SCOPE, -LONG),
                tokens.mint(USER, "https://elsewhere.example/mcp", TokenGuard.SCOPE, LONG),
                tokens.mint(USER, here, "documents:list", LONG),
                tokens.mint("bob", here, TokenGuard.SCOPE, LONG),
                tokens.mint(USER, origin.toUpperCase(Locale.ROOT) + main, TokenGuard.SCOPE, LONG),
                tokens.mint(USER, "", TokenGuard.SCOPE, LONG),
                tokens.mint(USER, here, TokenGuard.BROAD_SCOPE, LONG));
    }

    public Optional<Guard> guard() {
        return guard;
    }

    /** A token that lets its holder do everything; nothing for a server that is open or has one key. */
    public Optional<String> bearer() {
        return bearer;
    }

    /** The tokens that a target can be tried with beside it. */
    public OtherTokens otherTokens() {
        return others;
    }

    /** The pages and documents of signing in, in front of everything else. */
    public HttpHandler before(HttpHandler rest) {
        return request -> metadata.flatMap(documents -> documents.answer(request))
                .or(() -> authorization.flatMap(server -> server.answer(request)))
                .orElseGet(() -> rest.handle(request));
    }
}
