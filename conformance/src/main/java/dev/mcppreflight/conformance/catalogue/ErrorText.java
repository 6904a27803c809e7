package dev.mcppreflight.conformance.catalogue;

import java.util.List;

/**
 * A text that a client shows when a connection fails.
 *
 * @param says the text in its wordings, the usual one first; three dots stand for what differs from case to case
 * @param where which client shows it
 * @param causes what it can mean, likeliest first
 * @param decide the command that tells the causes apart, without the name of the program
 */
public record ErrorText(List<String> says, String where, List<String> causes, String decide) {

    /** Copies the lists. */
    public ErrorText {
        says = List.copyOf(says);
        causes = List.copyOf(causes);
    }
}
