package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings files and folders into a store. Each file is there whole or not at all, and one that fails stops no other. */
public final class Indexer {

    private final DocumentStore store;
    private final EmbeddingModel model;
    private final Chunker chunker;
    private final PrintStream progress;
    private final Extraction extraction = new Extraction();

    /**
     * Creates an indexer.
     *
     * @param store where documents go, or null to see only what would be done
     * @param model embeds the chunks, or null when words are enough
     * @param progress is told about each file
     */
    public Indexer(DocumentStore store, EmbeddingModel model, Chunker chunker, PrintStream progress) {
        this.store = store;
        this.model = model;
        this.chunker = chunker;
        this.progress = progress;
    }

    /** Indexes these files, and all files in these folders that can be read. */
    public Summary index(List<Path> paths) {
        Summary summary = new Summary();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                fail(summary, path.toString(), "there is no such file");
                continue;
            }
            boolean folder = Files.isDirectory(path);
            for (Path file : folder ? files(path, summary) : List.of(path)) {
                String name = folder
                        ? path.relativize(file).toString().replace('\\', '/')
                        : file.getFileName().toString();
                if (extraction.reads(file)) {
                    index(file, name, summary);
                } else if (!folder) {
                    fail(summary, name, "files of this kind cannot be read");
                }
            }
        }
        return summary;
    }

    private List<Path> files(Path folder, Summary summary) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | RuntimeException e) {
            fail(summary, folder.toString(), e.toString());
            return List.of();
        }
    }

    private void index(Path file, String name, Summary summary) {
        try {
            Document document = extraction.read(file, name);
            List<Chunk> chunks = chunker.chunks(document.text());
            Saved saved = store == null ? Saved.CREATED : save(document, chunks);
            summary.add(saved, chunks.size());
            progress.println(saved.name().toLowerCase(Locale.ROOT) + " " + name + " (" + chunks.size() + " chunks)");
        } catch (IOException | RuntimeException e) {
            fail(summary, name, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Saved save(Document document, List<Chunk> chunks) {
        EmbeddingSpace space = model == null ? null : model.space();
        Optional<String> same = Optional.of(IndexedDocument.fingerprint(document, chunks, space));
        if (store.stored(document.id()).map(Stored::fingerprint).equals(same)) {
            return Saved.UNCHANGED;
        }
        List<String> texts = chunks.stream()
                .map(chunk -> document.title() + "\n" + chunk.text())
                .toList();
        return store.save(new IndexedDocument(document, chunks, model == null ? null : model.embed(texts)));
    }

    private void fail(Summary summary, String name, String reason) {
        summary.failed++;
        progress.println("FAILED " + name + ": " + reason);
    }

    /** What became of the files. */
    public static final class Summary {

        private final int[] counts = new int[Saved.values().length];
        private int chunks;
        private int failed;

        private void add(Saved saved, int howManyChunks) {
            counts[saved.ordinal()]++;
            chunks += howManyChunks;
        }

        /** Returns how many files ended like this. */
        public int count(Saved saved) {
            return counts[saved.ordinal()];
        }

        /** Returns how many files or folders could not be indexed. */
        public int failed() {
            return failed;
        }

        @Override
        public String toString() {
            return count(Saved.CREATED) + " created, " + count(Saved.UPDATED) + " updated, " + count(Saved.UNCHANGED)
                    + " unchanged, " + failed + " failed; " + chunks + " chunks";
        }
    }
}
