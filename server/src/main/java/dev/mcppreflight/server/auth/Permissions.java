package dev.mcppreflight.server.auth;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What may be done with which scope. */
public final class Permissions {

    private static final String CALL = "tools/call";

    /** A handshake and a look at the offer: what a connector does before anybody signs in. */
    private static final Set<String> OPEN = Set.of(
            "initialize",
            "server/discover",
            "ping",
            "tools/list",
            "prompts/list",
            "resources/templates/list",
            "logging/setLevel");

    private final Map<String, String> scopes;
    private final Set<String> openTools;
    private final boolean oauth;

    /**
     * Creates permissions.
     *
     * @param scopes the scope of each tool
     * @param signIn how users sign in, or null where they do not
     */
    public Permissions(Map<String, String> scopes, SignIn signIn) {
        this.scopes = Map.copyOf(scopes);
        this.openTools = signIn != null && signIn.mixed() ? Set.copyOf(signIn.openTools()) : Set.of();
        this.oauth = signIn != null;
    }

    /** Returns the scope that a tool takes. */
    public String scopeOf(String tool) {
        return scopes.getOrDefault(tool, Scope.READ);
    }

    /** Tells whether a tool takes no credentials. */
    public boolean isOpen(String tool) {
        return openTools.contains(tool);
    }

    /**
     * Returns why somebody may not send this, or nothing.
     *
     * @param method the method
     * @param tool the tool that is called, or null
     * @param resource what it is asked of; made only for who is denied
     */
    public Optional<Denial> denial(Identity who, String method, String tool, Supplier<Resource> resource) {
        boolean call = CALL.equals(method);
        boolean open = call ? tool != null && isOpen(tool) : OPEN.contains(method);
        String scope = call && tool != null ? scopeOf(tool) : Scope.READ;
        return open || who.may(scope) ? Optional.empty() : Optional.of(denied(who, scope, resource.get()));
    }

    /** Returns why somebody may not call this tool outside of MCP, or nothing; without a tool it is a look at figures. */
    public Optional<Denial> denial(Identity who, String tool, Supplier<Resource> resource) {
        return tool == null ? denial(who, "", null, resource) : denial(who, CALL, tool, resource);
    }

    private Denial denied(Identity who, String scope, Resource resource) {
        Challenge plain = oauth
                ? Challenge.plain().metadata(resource).scope(scope)
                : Challenge.plain().scope(scope);
        if (who.standing() == Identity.Standing.ANONYMOUS) {
            return new Denial(
                    new Refusal(401, plain.toString(), "Unauthorized: sign in, see the resource metadata"),
                    plain.error("insufficient_scope", "Sign in to use this").toString());
        }
        String challenge = plain.error("insufficient_scope", "This takes the scope " + scope)
                .toString();
        return new Denial(new Refusal(403, challenge, "Forbidden: this takes the scope " + scope), challenge);
    }
}
