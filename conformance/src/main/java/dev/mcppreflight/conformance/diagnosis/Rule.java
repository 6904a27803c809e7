package dev.mcppreflight.conformance.diagnosis;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a cause shows.
 *
 * @param cause the id of the cause
 * @param signature the exchanges of a case that show it; none when it is not there
 * @param provers the checks that fail because of it; empty for all that rest on the exchanges that show it
 */
record Rule(String cause, Function<Case, Exchanges> signature, Set<String> provers) {

    /** A rule in the words of {@link Case} and {@link Exchanges}. */
    static Rule rule(String cause, Function<Case, Exchanges> signature) {
        return new Rule(cause, signature, Set.of());
    }

    /** Names the checks where several causes show in the same exchange, as those of a list do. */
    Rule provenBy(String... checks) {
        return new Rule(cause, signature, Arrays.stream(checks).collect(Collectors.toUnmodifiableSet()));
    }
}
