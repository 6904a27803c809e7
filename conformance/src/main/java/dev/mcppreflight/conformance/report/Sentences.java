package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole sentences of reports in another language, from {@code sentences_LANGUAGE.yaml} and, for what requirements say, from
 * {@code requirements_LANGUAGE.yaml}: reports for programs keep the English one, and so it is the key. A {0} in it stands for
 * what differs from time to time.
 */
final class Sentences {

    private static final Pattern HOLE = Pattern.compile("\\{(\\d)}");

    /** Such as {@code POST /mcp -> 200 application/json (a ping, by an unknown client), first byte after 3 ms}. */
    private static final Pattern EVIDENCE = Pattern.compile(
            "([A-Z]+ (?:\\S+ -> |[^\\s,]+(?= \\(|,|$)))([^(,]*?)( \\(([^)]*)\\))?(?:(, )(.*))?", Pattern.DOTALL);

    /** More parts than that are no sentence of ours. */
    private static final int MOST_PARTS = 16;

    private final Map<String, String> whole = new HashMap<>();
    private final List<Form> forms = new ArrayList<>();

    /** A sentence with holes; most sentences are told from others by how it begins. */
    private record Form(String start, int known, Pattern english, String other) {

        Optional<Matcher> found(String sentence) {
            return Optional.of(sentence)
                    .filter(text -> text.startsWith(start))
                    .map(english::matcher)
                    .filter(Matcher::matches);
        }
    }

    Sentences(Language language) {
        read("sentences_" + language.code() + ".yaml");
        read("requirements_" + language.code() + ".yaml");
        // The more of a sentence is known, the surer it is meant.
        forms.sort(Comparator.comparingInt(Form::known).reversed());
    }

    private void read(String file) {
        Json all = Yaml.parse(Resources.text(file), file);
        for (String english : all.names()) {
            String other = all.get(english).text();
            Matcher hole = HOLE.matcher(english);
            if (hole.find()) {
                forms.add(new Form(
                        english.substring(0, hole.start()),
                        HOLE.matcher(english).replaceAll("").length(),
                        pattern(english),
                        other));
            } else {
                whole.put(english, other);
            }
        }
    }

    /** Such as {@code \QIt speaks \E(?<g0>.*?)}; the same hole twice is the same text twice. */
    private static Pattern pattern(String english) {
        StringBuilder pattern = new StringBuilder();
        Matcher holes = HOLE.matcher(english);
        int from = 0;
        while (holes.find()) {
            String group = "g" + holes.group(1);
            pattern.append(Pattern.quote(english.substring(from, holes.start())));
            pattern.append(pattern.indexOf("<" + group + ">") < 0 ? "(?<" + group + ">.*?)" : "\\k<" + group + ">");
            from = holes.end();
        }
        return Pattern.compile(pattern + Pattern.quote(english.substring(from)), Pattern.DOTALL);
    }

    /** The sentence in this language; empty where nobody has translated it. */
    Optional<String> translation(String english) {
        String exact = whole.get(english);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (Form form : forms) {
            Optional<Matcher> found = form.found(english);
            if (found.isPresent()) {
                // What stood in the hole may be a sentence itself.
                return Optional.of(HOLE.matcher(form.other())
                        .replaceAll(hole ->
                                Matcher.quoteReplacement(line(found.get().group("g" + hole.group(1))))));
            }
        }
        // How it failed, and what that means in this case.
        int colon = english.indexOf(": ");
        return colon > 0 && whole.containsKey(english.substring(0, colon))
                ? Optional.of(whole.get(english.substring(0, colon)) + " : " + line(english.substring(colon + 2)))
                : Optional.empty();
    }

    /** A line that was put together of parts, in this language as far as they are words of ours. */
    String line(String english) {
        Matcher evidence = EVIDENCE.matcher(english);
        if (!evidence.matches()) {
            return translation(english).orElseGet(() -> parts(english));
        }
        String purpose = evidence.group(4) == null ? "" : " (" + parts(evidence.group(4)) + ")";
        String rest = evidence.group(5) == null ? "" : ", " + line(evidence.group(6));
        return evidence.group(1) + translation(evidence.group(2)).orElse(evidence.group(2)) + purpose + rest;
    }

    /** Commas join the parts of a line, and stand within parts too: of those that begin here the shortest counts. */
    private String parts(String english) {
        String[] parts = english.split(", ", -1);
        if (parts.length > MOST_PARTS) {
            return english;
        }
        List<String> told = new ArrayList<>();
        for (int from = 0; from < parts.length; ) {
            int to = from + 1;
            Optional<String> part = translation(parts[from]);
            while (part.isEmpty() && to < parts.length) {
                to++;
                part = translation(String.join(", ", Arrays.copyOfRange(parts, from, to)));
            }
            told.add(part.orElse(parts[from]));
            from = part.isPresent() ? to : from + 1;
        }
        return String.join(", ", told);
    }
}
