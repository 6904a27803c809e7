package dev.mcppreflight.conformance.diagnosis;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a cause shows.
 *
 * @param cause the id of the cause
 * @param signature the exchanges of a case that show it; none when it is not there
 * @param provers the checks that fail because of it; nothing for all that rest on the exchanges that show it
 */
record Rule(String cause, Function<Case, Exchanges> signature, Optional<Set<String>> provers) {

    /** A rule in the words of {@link Case} and {@link Exchanges}. */
    static Rule rule(String cause, Function<Case, Exchanges> signature) {
        return new Rule(cause, signature, Optional.empty());
    }

    /** Names the checks where several causes show in the same exchange, as those of a list do; none for no check at all. */
    Rule provenBy(String... checks) {
        return new Rule(cause, signature, Optional.of(Set.of(checks)));
    }
}
