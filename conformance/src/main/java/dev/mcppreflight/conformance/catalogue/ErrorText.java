package dev.mcppreflight.conformance.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text that a client shows when a connection fails.
 *
 * @param says the text; three dots stand for what differs from case to case
 * @param where which client shows it
 * @param causes what it can mean, likeliest first
 */
public record ErrorText(String says, String where, List<String> causes) {

    /** Words that say nothing about the matter. */
    private static final Set<String> EMPTY =
            Set.of("the", "a", "an", "is", "was", "of", "to", "with", "at", "or", "and", "this");

    /** How much of this text stands in what the user saw, from 0 to nearly 1; of two found whole the longer tells more. */
    public double likeness(String seen) {
        Set<String> words = words(seen);
        Set<String> own = words(says);
        return (double) own.stream().filter(words::contains).count() / (own.size() + 0.5);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(
                        text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').split("[^a-z0-9_/']+"))
                .filter(word -> !word.isBlank() && !EMPTY.contains(word))
                .collect(Collectors.toSet());
    }
}
