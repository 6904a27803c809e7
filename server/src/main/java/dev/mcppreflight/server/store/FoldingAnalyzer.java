package dev.mcppreflight.server.store;

import java.io.Reader;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words in lower case without accents, after what a language needs. Swiss thousands separators are dropped, so that
 * {@code 1'250'000} and {@code 1250000} are one word.
 */
final class FoldingAnalyzer extends Analyzer {

    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)['\u2019](?=\\d{3})");

    private final UnaryOperator<TokenStream> language;

    /**
     * Creates an analyzer.
     *
     * @param language what to do with the lower-case words before accents are dropped: elision, stop words, stems
     */
    FoldingAnalyzer(UnaryOperator<TokenStream> language) {
        this.language = language;
    }

    @Override
    protected Reader initReader(String fieldName, Reader reader) {
        return new PatternReplaceCharFilter(THOUSANDS, "", reader);
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        StandardTokenizer words = new StandardTokenizer();
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(language.apply(new LowerCaseFilter(words))));
    }
}
