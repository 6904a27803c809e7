package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.Identity;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whose a session is. One that was opened by nobody in particular becomes that of the first who signs in; from then on
 * others, and nobody in particular, do not find it.
 */
final class Owner {

    private static final String NOBODY = "";

    private final AtomicReference<String> label;

    Owner(Identity identity) {
        this.label = new AtomicReference<>(name(identity));
    }

    /** Tells whether the session is this one's. */
    boolean is(Identity identity) {
        String name = name(identity);
        return name.equals(label.get()) || label.compareAndSet(NOBODY, name);
    }

    private static String name(Identity identity) {
        return identity.label() == null ? NOBODY : identity.label();
    }
}
