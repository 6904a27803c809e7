package dev.mcppreflight.conformance.catalogue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The texts that clients show, and how to find the one that somebody pasted: among log lines, in any case, with slips of the
 * pen. A rare word tells more than one that stands in many texts.
 */
public final class ErrorTexts {

    /** How much of a known text has to be in what was pasted. */
    private static final double LIKE_ENOUGH = 0.66;

    /** How close to the best another text has to be, to be worth telling. */
    private static final double AS_GOOD = 0.12;

    private static final int MOST = 3;

    /** How much of what was pasted has to be in what is known of a cause. */
    private static final double SAME_MATTER = 0.5;

    private static final int MOST_CAUSES = 5;
    private static final Pattern STATUS = Pattern.compile("\\s*\\d{3}\\s*");

    private final List<ErrorText> all;
    private final Map<String, Integer> frequencies = new HashMap<>();

    ErrorTexts(List<ErrorText> all) {
        this.all = List.copyOf(all);
        all.forEach(text ->
                Words.of(String.join(" ", text.says())).forEach(word -> frequencies.merge(word, 1, Integer::sum)));
    }

    /** Every known text, in the order of their file. */
    public List<ErrorText> all() {
        return all;
    }

    /** The texts that can mean this cause. */
    public List<ErrorText> about(String cause) {
        return all.stream().filter(text -> text.causes().contains(cause)).toList();
    }

    /** The known texts that are in what was pasted, the likeliest first; nothing for something else. */
    public List<ErrorText> in(String pasted) {
        Set<String> words = Words.of(STATUS.matcher(pasted).matches() ? "HTTP " + pasted : pasted);
        List<Match<ErrorText>> matches = best(all, text -> likeness(text, words), LIKE_ENOUGH);
        return matches.stream()
                .filter(match -> match.score() >= matches.get(0).score() - AS_GOOD)
                .limit(MOST)
                .map(Match::value)
                .toList();
    }

    /** The causes of which is told in the same words; nothing for words that stand nowhere. */
    public List<Cause> causesIn(String pasted, Iterable<Cause> causes) {
        Set<String> words = Words.of(pasted);
        List<Map.Entry<Cause, Set<String>>> told = stream(causes)
                .map(cause ->
                        Map.entry(cause, Words.of(cause.title() + " " + cause.symptom() + " " + cause.signature())))
                .toList();
        Function<String, Double> weight = word -> Math.log(1.0
                + told.size()
                        / (1.0
                                + told.stream()
                                        .filter(each -> each.getValue().contains(word))
                                        .count()));
        return best(told, each -> share(words, each.getValue(), weight), SAME_MATTER).stream()
                .limit(MOST_CAUSES)
                .map(match -> match.value().getKey())
                .toList();
    }

    private static <T> Stream<T> stream(Iterable<T> all) {
        return StreamSupport.stream(all.spliterator(), false);
    }

    private record Match<T>(T value, double score) {}

    private static <T> List<Match<T>> best(List<T> all, ToDoubleFunction<T> score, double enough) {
        return all.stream()
                .map(each -> new Match<>(each, score.applyAsDouble(each)))
                .filter(match -> match.score() >= enough)
                .sorted(Comparator.comparingDouble((Match<T> match) -> -match.score()))
                .toList();
    }

    /** How much of the text was pasted, from 0 to nearly 1; of two that are there whole, the longer tells more. */
    private double likeness(ErrorText text, Set<String> pasted) {
        return text.says().stream()
                .map(Words::of)
                .mapToDouble(own -> share(own, pasted, this::weight) * own.size() / (own.size() + 0.1))
                .max()
                .orElse(0);
    }

    private double weight(String word) {
        return Math.log(1.0 + (double) all.size() / frequencies.getOrDefault(word, 1));
    }

    private static double share(Set<String> own, Set<String> others, Function<String, Double> weight) {
        double whole = own.stream().mapToDouble(weight::apply).sum();
        double found = own.stream()
                .filter(word -> Words.isAmong(word, others))
                .mapToDouble(weight::apply)
                .sum();
        return whole == 0 ? 0 : found / whole;
    }
}
