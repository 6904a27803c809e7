package dev.mcppreflight.server.app;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.indexing.Extraction;
import dev.mcppreflight.server.indexing.Indexer;
import dev.mcppreflight.server.indexing.Ingestion;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code index PATH...}: documents into the store of the server. */
@Command(
        name = "index",
        sortOptions = false,
        description = "Brings files and folders (md, txt, csv, html, json, pdf) into the store of the server.",
        footer = {"", "Exit codes: 0 all indexed, 1 some files failed, 2 wrong usage."})
final class IndexCommand {

    private static final int MOST_WORKERS = 64;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    private List<Path> paths;

    @Option(names = "--database", paramLabel = "URL", description = "PostgreSQL with pgvector ($DATABASE_URL).")
    private String database;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the embedded store ($MCP_DATA).")
    private Path data;

    @Option(names = "--no-embeddings", description = "Make the documents findable by their words only.")
    private boolean wordsOnly;

    @Mixin
    private ChunkOptions chunks;

    @Option(
            names = "--extensions",
            paramLabel = "LIST",
            split = ",",
            description = "Take only these files from folders, such as pdf,md (default all that can be read).")
    private List<String> extensions = List.of();

    @Option(names = "--max-files", paramLabel = "N", description = "Stop after so many files (default none).")
    private int mostFiles = Integer.MAX_VALUE;

    @Option(names = "--workers", paramLabel = "N", description = "Files that are worked on at a time (default 2).")
    private int workers = 2;

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
        Chunker chunker = chunks.chunker();
        Indexer.Choice what = new Indexer.Choice(
                endings(),
                inRange("--max-files", mostFiles, Integer.MAX_VALUE),
                inRange("--workers", workers, MOST_WORKERS),
                dryRun);
        EmbeddingModel model = wordsOnly || dryRun ? null : choice.model();
        try (DocumentStore store = dryRun ? null : choice.open()) {
            Indexer.Summary summary = new Indexer(new Ingestion(store, model, chunker), what, err).index(paths);
            out.println((dryRun ? "would be: " : "") + summary);
            return summary.failed() == 0 ? 0 : 1;
        }
    }

    private Set<String> endings() {
        Set<String> wanted = extensions.stream()
                .map(e -> e.strip().replaceFirst("^\\.", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String ending : wanted) {
            if (!Extraction.endings().contains(ending)) {
                throw new Usage("--extensions: files of the kind '" + ending + "' cannot be read, only "
                        + String.join(", ", Extraction.endings()));
            }
        }
        return wanted.isEmpty() ? Extraction.endings() : wanted;
    }

    private static int inRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new Usage(option + " must be between 1 and " + most + ", not " + value);
        }
        return value;
    }
}
