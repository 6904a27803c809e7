package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.wire.Exchange;
import java.util.Optional;

/**
 * How one gets in.
 *
 * @param challenge the refusal of a client without credentials; nothing where it is let in
 * @param metadata what tells where to sign in; nothing where that is not said
 */
record SignIn(Optional<Exchange> challenge, Optional<Exchange> metadata) {

    static SignIn of(Sightings seen, boolean discovers) {
        Optional<Exchange> challenge = seen.challenge(discovers);
        return new SignIn(challenge, challenge.flatMap(refusal -> seen.signInMetadata()));
    }

    boolean isClosed() {
        return challenge.isPresent();
    }

    /** Whether it takes a key that somebody has to enter, for all that can be seen. */
    boolean isKey() {
        return isClosed() && metadata.isEmpty();
    }

    /** In a word: none, oauth or key. */
    String way() {
        return !isClosed() ? "none" : isKey() ? "key" : "oauth";
    }
}
