package dev.mcppreflight.server.auth;

import java.util.Set;

/**
 * Who sends a request.
 *
 * @param label a name to count and to log by, which gives nothing of the credential away; null where there is none
 * @param standing how it is known
 * @param scopes what was granted
 */
public record Identity(String label, Standing standing, Set<String> scopes) {

    /** How an identity is known. */
    public enum Standing {
        /** Nobody asked: the server is open. */
        UNCHECKED,
        /** No credentials came, and some things are open to all. */
        ANONYMOUS,
        /** Credentials came and are right. */
        KNOWN
    }

    /** Whoever calls an open server. */
    public static final Identity UNCHECKED = new Identity(null, Standing.UNCHECKED, Set.of());

    /** Whoever calls without credentials what is open to all. */
    public static final Identity ANONYMOUS = new Identity(null, Standing.ANONYMOUS, Set.of());

    /** Creates a copy of the scopes. */
    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Returns somebody who has shown credentials. */
    public static Identity known(String label, Set<String> scopes) {
        return new Identity(label, Standing.KNOWN, scopes);
    }

    /** Tells whether this is allowed; {@link Scope#WRITE} holds {@link Scope#READ}. */
    public boolean may(String scope) {
        return standing == Standing.UNCHECKED
                || scopes.contains(scope)
                || scope.equals(Scope.READ) && scopes.contains(Scope.WRITE);
    }
}
