package dev.mcppreflight.server.documents;

/** How a search compares. */
public enum SearchMode {
    /** By meaning: the vectors of the query and of the chunks. */
    SEMANTIC,
    /** By words, whatever their form, accents and case. */
    FULLTEXT,
    /** Both, joined by the ranks in each. */
    HYBRID
}
