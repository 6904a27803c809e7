package dev.mcppreflight.server.documents;

/**
 * A search.
 *
 * @param text what to look for, in French or English, in the user's own words
 * @param vector the vector of that text; null for a full-text search
 * @param mode how to compare
 * @param limit the largest number of hits, at least 1
 * @param threshold hits below this similarity are left out, 0 to 1
 * @param eachDocumentOnce whether only the best chunk of a document is a hit
 * @param filters which documents are looked at
 */
public record SearchQuery(
        String text,
        Vectors vector,
        SearchMode mode,
        int limit,
        double threshold,
        boolean eachDocumentOnce,
        Filters filters) {

    /**
     * Creates a search.
     *
     * @throws IllegalArgumentException when it compares vectors and has none
     */
    public SearchQuery {
        if (mode != SearchMode.FULLTEXT && (vector == null || vector.values().size() != 1)) {
            throw new IllegalArgumentException(mode + " needs exactly one vector");
        }
    }

    /** Returns a full-text search over the whole collection without a threshold. */
    public static SearchQuery of(String text, int limit) {
        return fulltext(text, limit, 0, Filters.NONE);
    }

    /** Returns a full-text search for documents. */
    public static SearchQuery fulltext(String text, int limit, double threshold, Filters filters) {
        return new SearchQuery(text, null, SearchMode.FULLTEXT, limit, threshold, true, filters);
    }
}
