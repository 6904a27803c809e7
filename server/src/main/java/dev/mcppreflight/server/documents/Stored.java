package dev.mcppreflight.server.documents;

/**
 * What a store holds of a document.
 *
 * @param fingerprint what {@link IndexedDocument#fingerprint()} was when it was stored; empty when something else stored it
 * @param chunks the number of its chunks
 * @param vectors the number of its chunks that have a vector
 */
public record Stored(String fingerprint, int chunks, int vectors) {}
