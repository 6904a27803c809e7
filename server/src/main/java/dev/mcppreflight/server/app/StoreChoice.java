package dev.mcppreflight.server.app;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.embedding.LocalEmbeddings;
import dev.mcppreflight.server.embedding.OpenAiEmbeddings;
import dev.mcppreflight.server.embedding.OpenAiSettings;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.store.DatabaseUrl;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.store.PostgresDocumentStore;
import dev.mcppreflight.server.store.PostgresMailbox;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Where documents are kept and what embeds them: a database, a folder, or the sample documents in memory. */
final class StoreChoice {

    private static final int CONNECTIONS = 10;

    private final DatabaseUrl database;
    private final Path data;
    private final Settings settings;

    /**
     * Decides by flags, and by the environment where there are none.
     *
     * @throws Usage when the address of the database is none
     */
    StoreChoice(String databaseFlag, Path dataFlag, Settings settings) {
        this.settings = settings;
        if (databaseFlag != null && dataFlag != null) {
            throw new Usage("--database and --data exclude each other");
        }
        String folder = settings.get("MCP_DATA");
        this.data = dataFlag != null || folder == null ? dataFlag : Path.of(folder);
        String url = databaseFlag != null ? databaseFlag : dataFlag != null ? null : settings.get("DATABASE_URL");
        try {
            this.database = url == null ? null : new DatabaseUrl(url);
        } catch (IllegalArgumentException e) {
            throw new Usage(e.getMessage());
        }
    }

    /** Tells whether documents are still there after the end of this process. */
    boolean lasts() {
        return database != null || data != null;
    }

    /** Tells whether other processes can change the documents. */
    boolean isShared() {
        return database != null;
    }

    /** Returns what leads to other servers on the same database, or null without one. */
    Mailbox mailbox() {
        return database == null ? null : new PostgresMailbox(database);
    }

    /** Opens the store. */
    DocumentStore open() {
        if (database != null) {
            return new PostgresDocumentStore(database, CONNECTIONS);
        }
        return data != null ? LuceneDocumentStore.in(data) : new LuceneDocumentStore(new BundledCorpus().read());
    }

    /** Returns the service of {@code EMBEDDING_BASE_URL} or {@code OPENAI_API_KEY}, else the model in this process. */
    EmbeddingModel model() {
        String base = settings.get("EMBEDDING_BASE_URL");
        String key = settings.get("OPENAI_API_KEY");
        if (base == null && key == null) {
            return new LocalEmbeddings();
        }
        String dimensions = settings.get("EMBEDDING_DIMENSIONS");
        String model = settings.get("EMBEDDING_MODEL");
        try {
            return new OpenAiEmbeddings(
                    new OpenAiSettings(
                            URI.create(base == null ? "https://api.openai.com/v1" : base),
                            key,
                            model == null ? "text-embedding-3-small" : model,
                            dimensions == null ? 1536 : Integer.parseInt(dimensions),
                            Duration.ofSeconds(15),
                            3,
                            Duration.ofSeconds(20)),
                    new JsonCodec(McpJsonDefaults.getMapper()));
        } catch (IllegalArgumentException e) {
            throw new Usage("EMBEDDING_BASE_URL must be an address and EMBEDDING_DIMENSIONS a number");
        }
    }
}
