package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.SearchQuery;
import java.time.LocalDate;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;

/** Searches as Lucene understands them. */
final class LuceneQueries {

    /** Lucene allows 1024 clauses in one query: words of two characters in three fields stay below that. */
    private static final int LONGEST_QUERY = 600;

    private final Map<String, Analyzer> analyzers = Analyzers.byField();

    /** Returns the search by words. */
    Query words(SearchQuery query) {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        String text = query.text().substring(0, Math.min(query.text().length(), LONGEST_QUERY));
        analyzers.forEach((field, analyzer) -> {
            Query inField = new QueryBuilder(analyzer).createBooleanQuery(field, text);
            if (inField != null) {
                words.add(inField, Occur.SHOULD);
            }
        });
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(words.build(), Occur.MUST);
        restrict(all, query.filters());
        return all.build();
    }

    /** Returns the search by meaning. */
    Query meaning(SearchQuery query, int candidates) {
        BooleanQuery.Builder restriction = new BooleanQuery.Builder();
        restrict(restriction, query.filters());
        BooleanQuery filter = restriction.build();
        return new KnnFloatVectorQuery(
                LuceneFields.VECTOR,
                query.vector().values().get(0),
                candidates,
                filter.clauses().isEmpty() ? null : filter);
    }

    private static void restrict(BooleanQuery.Builder query, Filters filters) {
        restrict(query, LuceneFields.LANGUAGE, filters.language());
        restrict(query, LuceneFields.CATEGORY, filters.category());
        restrict(query, LuceneFields.COMMUNE, filters.commune());
        restrict(query, LuceneFields.MEDIA_TYPE, filters.mediaType());
        filters.tags().forEach(tag -> restrict(query, LuceneFields.TAG, tag));
        if (filters.pathPrefix() != null) {
            query.add(new PrefixQuery(new Term(LuceneFields.ORIGIN, filters.pathPrefix())), Occur.FILTER);
        }
        if (filters.from() != null || filters.to() != null) {
            query.add(
                    LongPoint.newRangeQuery(
                            LuceneFields.DAY, day(filters.from(), Long.MIN_VALUE), day(filters.to(), Long.MAX_VALUE)),
                    Occur.FILTER);
        }
    }

    private static long day(LocalDate date, long otherwise) {
        return date == null ? otherwise : date.toEpochDay();
    }

    private static void restrict(BooleanQuery.Builder query, String field, String value) {
        if (value != null) {
            query.add(new TermQuery(new Term(field, value)), Occur.FILTER);
        }
    }
}
