package dev.mcppreflight.conformance.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a text that say something about a matter, and whether two of them are the same but for a slip of the pen. */
final class Words {

    private static final Set<String> EMPTY = Set.of(
            "the", "a", "an", "is", "was", "are", "of", "to", "with", "at", "or", "and", "this", "in", "on", "for",
            "it");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\d_/']+");

    /** A shorter word with a slip could be another word. */
    private static final int LONG = 5;

    private static final int VERY_LONG = 9;

    private Words() {}

    static Set<String> of(String text) {
        return Arrays.stream(BETWEEN.split(text.toLowerCase(Locale.ROOT).replace('\u2019', '\'')))
                .map(word -> word.replaceAll("^'+|'+$", ""))
                .filter(word -> word.length() > 1 && !EMPTY.contains(word))
                .collect(Collectors.toSet());
    }

    static boolean isAmong(String word, Set<String> others) {
        return others.contains(word)
                || word.length() >= LONG && !hasDigit(word) && others.stream().anyMatch(other -> isSlip(word, other));
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(Character::isDigit);
    }

    private static boolean isSlip(String word, String other) {
        int most = word.length() >= VERY_LONG ? 2 : 1;
        return other.length() >= LONG
                && Math.abs(word.length() - other.length()) <= most
                && distance(word, other) <= most;
    }

    /** How many letters have to be put in, left out, changed, or swapped with the next one. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
