package dev.mcppreflight.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Words as PostgreSQL indexes them, made by the same analysis as in the embedded store: accents, elisions and thousands
 * separators are treated alike, and no extension of the database is needed.
 */
final class Lexemes {

    private static final int MOST_IN_QUERY = 48;
    private static final int LONGEST = 200;
    private static final int LAST_POSITION = 16_383;

    private final Map<String, Analyzer> analyzers = Analyzers.byField();

    /** Returns the words of a text in this language with their positions, as a literal of type tsvector. */
    String vector(String text, String language) {
        Map<String, List<Integer>> positions = new LinkedHashMap<>();
        for (String field : List.of(language, Analyzers.EXACT)) {
            if (analyzers.containsKey(field)) {
                int position = 0;
                for (String word : words(field, text)) {
                    position = Math.min(position + 1, LAST_POSITION);
                    positions.computeIfAbsent(word, w -> new ArrayList<>()).add(position);
                }
            }
        }
        StringBuilder literal = new StringBuilder();
        positions.forEach((word, places) -> literal.append(quoted(word))
                .append(':')
                .append(String.join(",", places.stream().map(String::valueOf).toList()))
                .append(' '));
        return literal.toString();
    }

    /** Returns the words to look for, each a literal of type tsquery. */
    String[] query(String text) {
        Set<String> words = new LinkedHashSet<>();
        analyzers.keySet().forEach(field -> words.addAll(words(field, text)));
        return words.stream().limit(MOST_IN_QUERY).map(Lexemes::quoted).toArray(String[]::new);
    }

    /** Words of different analyses are kept apart: a stem of one language may be a word of the other. */
    private Collection<String> words(String field, String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzers.get(field).tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() <= LONGEST) {
                    words.add(field + "." + term);
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''").replace("\0", "") + "'";
    }
}
