package dev.mcppreflight.server.documents;

/**
 * A search.
 *
 * @param text what to look for, in French or English, in the user's own words
 * @param limit the largest number of hits, at least 1
 * @param threshold hits below this similarity are left out, 0 to 1
 * @param language restricts the hits to {@code fr} or {@code en}, or null
 * @param category restricts the hits to a category, or null
 * @param commune restricts the hits to a commune, or null
 */
public record SearchQuery(String text, int limit, double threshold, String language, String category, String commune) {

    /** Returns a search over the whole collection without a threshold. */
    public static SearchQuery of(String text, int limit) {
        return new SearchQuery(text, limit, 0, null, null, null);
    }
}
