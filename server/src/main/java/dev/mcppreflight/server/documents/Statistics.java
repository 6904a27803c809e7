package dev.mcppreflight.server.documents;

import java.util.SortedMap;

/**
 * Figures about the collection.
 *
 * @param documents the number of documents
 * @param chunks the number of their parts that are searched
 * @param chunkCharacters the length of all chunks in characters
 * @param chunksWithoutEmbedding the number of chunks that are found by their words only
 * @param bytes the size of all texts in UTF-8
 * @param space what the vectors belong to, or null when there are none
 * @param schemaVersion the version of the form in which the store keeps them
 * @param documentsByLanguage the number of documents of each language
 * @param documentsByCategory the number of documents of each category
 */
public record Statistics(
        int documents,
        int chunks,
        long chunkCharacters,
        int chunksWithoutEmbedding,
        long bytes,
        EmbeddingSpace space,
        String schemaVersion,
        SortedMap<String, Integer> documentsByLanguage,
        SortedMap<String, Integer> documentsByCategory) {}
