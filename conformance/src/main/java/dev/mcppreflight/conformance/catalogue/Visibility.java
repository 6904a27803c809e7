package dev.mcppreflight.conformance.catalogue;

import java.util.Set;

/**
 * From where a cause can be seen.
 *
 * @param from such as {@code outside} or {@code local}; the head of {@code causes.yaml} explains the words
 * @param undetected why it is not detected though it could be seen; empty where it is, or where nobody could
 */
public record Visibility(String from, String undetected) {

    private static final Set<String> OBSERVABLE = Set.of("outside", "local", "login-or-call");

    /** Whether it can be seen with the address, with a sign-in or a call, or on this machine. */
    public boolean isObservable() {
        return OBSERVABLE.contains(from);
    }
}
