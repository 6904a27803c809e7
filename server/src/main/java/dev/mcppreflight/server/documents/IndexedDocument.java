package dev.mcppreflight.server.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A document ready to be stored.
 *
 * @param document the document
 * @param chunks its parts, in their order
 * @param vectors one for each chunk, or null when it is found by its words only
 */
public record IndexedDocument(Document document, List<Chunk> chunks, Vectors vectors) {

    /**
     * Creates a document ready to be stored.
     *
     * @throws IllegalArgumentException when there are not as many vectors as chunks
     */
    public IndexedDocument {
        chunks = List.copyOf(chunks);
        if (vectors != null && vectors.values().size() != chunks.size()) {
            throw new IllegalArgumentException(document.id() + ": " + chunks.size() + " chunks and "
                    + vectors.values().size() + " vectors");
        }
    }

    /** Returns the vector of the chunk of that index. */
    public Optional<float[]> vector(int index) {
        return vectors == null ? Optional.empty() : Optional.of(vectors.values().get(index));
    }

    /** Returns the fingerprint of this document. */
    public String fingerprint() {
        return fingerprint(document, chunks, vectors == null ? null : vectors.space());
    }

    /**
     * Returns what is the same for two documents only if nothing that is stored differs; known before the vectors are.
     *
     * @param space the space of the vectors, or null without
     */
    public static String fingerprint(Document document, List<Chunk> chunks, EmbeddingSpace space) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, document.toString());
            for (Chunk chunk : chunks) {
                digest.update(ByteBuffer.allocate(8)
                        .putInt(chunk.start())
                        .putInt(chunk.end())
                        .flip());
            }
            add(digest, String.valueOf(space));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
