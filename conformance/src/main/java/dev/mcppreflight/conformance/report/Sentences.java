package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole sentences of reports in another language, from {@code sentences_LANGUAGE.yaml}: reports for programs keep the English
 * one, and so it is the key. A {0} in it stands for what differs from time to time.
 */
final class Sentences {

    private static final Pattern HOLE = Pattern.compile("\\{(\\d)}");

    private final Map<String, String> whole = new HashMap<>();
    private final List<Form> forms = new ArrayList<>();

    private record Form(Pattern english, String other) {}

    Sentences(Language language) {
        String file = "sentences_" + language.code() + ".yaml";
        Json all = Yaml.parse(Resources.text(file), file);
        for (String english : all.names()) {
            String other = all.get(english).text();
            if (HOLE.matcher(english).find()) {
                forms.add(new Form(pattern(english), other));
            } else {
                whole.put(english, other);
            }
        }
    }

    /** Such as {@code \QIt speaks \E(?<g0>.+)}; the same hole twice is the same text twice. */
    private static Pattern pattern(String english) {
        StringBuilder pattern = new StringBuilder();
        Matcher holes = HOLE.matcher(english);
        int from = 0;
        while (holes.find()) {
            String group = "g" + holes.group(1);
            pattern.append(Pattern.quote(english.substring(from, holes.start())));
            pattern.append(pattern.indexOf("<" + group + ">") < 0 ? "(?<" + group + ">.+?)" : "\\k<" + group + ">");
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
            Matcher found = form.english().matcher(english);
            if (found.matches()) {
                // What stood in the hole may be a sentence itself.
                return Optional.of(HOLE.matcher(form.other()).replaceAll(hole -> {
                    String value = found.group("g" + hole.group(1));
                    return Matcher.quoteReplacement(translation(value).orElse(value));
                }));
            }
        }
        return Optional.empty();
    }
}
