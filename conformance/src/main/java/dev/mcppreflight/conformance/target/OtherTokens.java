package dev.mcppreflight.conformance.target;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tokens beside the one that lets in, each of which unlocks a few checks; null for one that was not given.
 *
 * @param expired one whose time is over
 * @param otherAudience a valid one of the same authorization server for another server
 * @param lowScope a valid one that does not allow everything
 * @param second a valid one of another user
 * @param otherCase a valid one whose audience differs from the address in upper and lower case alone
 * @param noAudience one of the same authorization server that does not say for which server it is
 * @param broadScope a valid one whose scope holds a narrower one that a tool takes, without naming it
 */
public record OtherTokens(
        String expired,
        String otherAudience,
        String lowScope,
        String second,
        String otherCase,
        String noAudience,
        String broadScope) {

    public static final OtherTokens NONE = new OtherTokens(null, null, null, null, null, null, null);

    /** Those that were given. */
    public List<String> all() {
        return Stream.of(expired, otherAudience, lowScope, second, otherCase, noAudience, broadScope)
                .filter(Objects::nonNull)
                .toList();
    }
}
