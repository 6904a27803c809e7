package dev.mcppreflight.server.store;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.util.ElisionFilter;

/** The analysis of each field of the index. */
final class Analyzers {

    /** Stems and stop words of the document's own language. */
    static final String FRENCH = "fr";

    /** As {@link #FRENCH}, for English. */
    static final String ENGLISH = "en";

    /** Every word as it stands, for names and figures, and for searches across languages. */
    static final String EXACT = "exact";

    private Analyzers() {}

    /** Returns the analyzer of each text field. */
    static Map<String, Analyzer> byField() {
        Analyzer french = new FoldingAnalyzer(words -> new FrenchLightStemFilter(new StopFilter(
                new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES), FrenchAnalyzer.getDefaultStopSet())));
        Analyzer english = new FoldingAnalyzer(words -> new EnglishMinimalStemFilter(
                new StopFilter(new EnglishPossessiveFilter(words), EnglishAnalyzer.getDefaultStopSet())));
        Analyzer exact = new FoldingAnalyzer(words -> new StopFilter(
                new StopFilter(
                        new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES), FrenchAnalyzer.getDefaultStopSet()),
                EnglishAnalyzer.getDefaultStopSet()));
        return Map.of(FRENCH, french, ENGLISH, english, EXACT, exact);
    }
}
