package dev.mcppreflight.server.auth;

/** Decides who may speak to the routes that are not public. Safe for use by several threads. */
public interface AccessPolicy {

    /**
     * Decides about a request.
     *
     * @param credentials what it brings
     * @param resource what it asks for
     */
    Admission admission(Credentials credentials, Resource resource);

    /** Tells whether credentials are asked for. */
    default boolean asksForCredentials() {
        return true;
    }

    /** Returns the policy that lets everybody in. */
    static AccessPolicy open() {
        return new AccessPolicy() {
            @Override
            public Admission admission(Credentials credentials, Resource resource) {
                return new Admission.Admitted(Identity.UNCHECKED);
            }

            @Override
            public boolean asksForCredentials() {
                return false;
            }
        };
    }
}
