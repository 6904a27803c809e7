package dev.mcppreflight.server.documents;

import java.util.SortedMap;

/**
 * Figures about the collection.
 *
 * @param documents the number of documents
 * @param passages the number of passages
 * @param characters the length of all texts in characters
 * @param bytes the size of all texts in UTF-8
 * @param documentsByLanguage the number of documents of each language
 * @param documentsByCategory the number of documents of each category
 */
public record Statistics(
        int documents,
        int passages,
        long characters,
        long bytes,
        SortedMap<String, Integer> documentsByLanguage,
        SortedMap<String, Integer> documentsByCategory) {}
