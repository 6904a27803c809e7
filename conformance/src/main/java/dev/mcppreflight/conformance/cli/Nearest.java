package dev.mcppreflight.conformance.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant. */
final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /** A question with the names that are most like this one; empty where none is. */
    static String question(String name, Collection<String> known) {
        List<String> names = to(name, known);
        return names.isEmpty() ? "" : "Did you mean " + String.join(" or ", names) + "?";
    }

    /** The names that are most like this one, the most alike first. */
    static List<String> to(String name, Collection<String> known) {
        String wanted = name.toUpperCase(Locale.ROOT);
        int farthest = Math.max(2, wanted.length() / 3);
        return known.stream()
                .distinct()
                .filter(candidate -> distance(wanted, candidate.toUpperCase(Locale.ROOT)) <= farthest
                        || wanted.length() > 2
                                && candidate.toUpperCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.<String>comparingInt(
                                candidate -> distance(wanted, candidate.toUpperCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** How many characters have to be put in, taken out or replaced (Levenshtein). */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
