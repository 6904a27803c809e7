package dev.mcppreflight.server.app;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.indexing.Indexer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code index PATH...}: documents into the store of the server. */
@Command(
        name = "index",
        sortOptions = false,
        description = "Brings files and folders (md, txt, csv, html, json) into the store of the server.",
        footer = {"", "Exit codes: 0 all indexed, 1 some files failed, 2 wrong usage."})
final class IndexCommand {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    private List<Path> paths;

    @Option(names = "--database", paramLabel = "URL", description = "PostgreSQL with pgvector ($DATABASE_URL).")
    private String database;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the embedded store ($MCP_DATA).")
    private Path data;

    @Option(names = "--no-embeddings", description = "Make the documents findable by their words only.")
    private boolean wordsOnly;

    @Option(names = "--chunk-size", paramLabel = "N", description = "Largest chunk in characters (default 800).")
    private int size = 800;

    @Option(names = "--chunk-overlap", paramLabel = "N", description = "Characters that chunks share (default 100).")
    private int overlap = 100;

    @Option(names = "--dry-run", description = "Read and cut, but store nothing.")
    private boolean dryRun;

    @Option(names = "--help", usageHelp = true, description = "Print this help.")
    private boolean help;

    /** Returns the exit code. */
    int run(Settings settings, PrintStream out, PrintStream err) {
        StoreChoice choice = new StoreChoice(database, data, settings);
        if (!dryRun && !choice.lasts()) {
            throw new Usage("index needs a store that lasts: --data DIR, --database URL or DATABASE_URL");
        }
        Chunker chunker = chunker();
        EmbeddingModel model = wordsOnly || dryRun ? null : choice.model();
        try (DocumentStore store = dryRun ? null : choice.open()) {
            Indexer.Summary summary = new Indexer(store, model, chunker, err).index(paths);
            out.println((dryRun ? "would be: " : "") + summary);
            return summary.failed() == 0 ? 0 : 1;
        }
    }

    private Chunker chunker() {
        try {
            return new Chunker(size, overlap);
        } catch (IllegalArgumentException e) {
            throw new Usage(e.getMessage());
        }
    }
}
