package dev.mcppreflight.server.app;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.embedding.LocalEmbeddings;
import dev.mcppreflight.server.embedding.OpenAiEmbeddings;
import dev.mcppreflight.server.embedding.OpenAiSettings;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.store.DatabaseUrl;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.store.PostgresDocumentStore;
import dev.mcppreflight.server.store.PostgresMailbox;
import dev.mcppreflight.server.store.PostgresShelf;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Where documents are kept and what embeds them: a database, a folder, or the sample documents in memory. */
final class StoreChoice {

    private static final int CONNECTIONS = 10;

    /** Of the type for vectors in PostgreSQL. */
    private static final int MOST_DIMENSIONS = 16_000;

    private final DatabaseUrl database;
    private final Path data;

    /** What embeds, or null for the model in this process. */
    private final OpenAiSettings service;

    /**
     * Decides by flags, and by the environment where there are none.
     *
     * @throws Usage when they make no sense, alone or together
     */
    StoreChoice(String databaseFlag, Path dataFlag, Settings settings) {
        this.service = service(settings);
        if (databaseFlag != null && dataFlag != null) {
            throw new Usage("--database and --data exclude each other");
        }
        String folder = settings.get("MCP_DATA");
        if (databaseFlag == null && dataFlag == null && folder != null && settings.get("DATABASE_URL") != null) {
            throw new Usage(
                    "DATABASE_URL and MCP_DATA exclude each other: unset one, or choose by --database or --data");
        }
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

    /** Returns what servers on the same database have in common; without one, a server is alone. */
    Shelf shelf() {
        return database == null ? new OwnShelf(Clock.systemUTC()) : new PostgresShelf(database);
    }

    /** Opens the store. */
    DocumentStore open() {
        if (database != null) {
            return new PostgresDocumentStore(database, CONNECTIONS);
        }
        return data != null ? LuceneDocumentStore.in(data) : new LuceneDocumentStore(new BundledCorpus().read());
    }

    /** Returns the model of the service that is configured, else the one in this process. */
    EmbeddingModel model() {
        return service == null
                ? new LocalEmbeddings()
                : new OpenAiEmbeddings(service, new JsonCodec(McpJsonDefaults.getMapper()));
    }

    private static OpenAiSettings service(Settings settings) {
        String base = settings.get("EMBEDDING_BASE_URL");
        String key = settings.get("OPENAI_API_KEY");
        String dimensions = settings.get("EMBEDDING_DIMENSIONS");
        String model = settings.get("EMBEDDING_MODEL");
        if (base == null && key == null) {
            if (model != null || dimensions != null) {
                throw new Usage("EMBEDDING_MODEL and EMBEDDING_DIMENSIONS are about a service: set OPENAI_API_KEY or"
                        + " EMBEDDING_BASE_URL too");
            }
            return null;
        }
        return new OpenAiSettings(
                address(base == null ? "https://api.openai.com/v1" : base),
                key,
                model == null ? "text-embedding-3-small" : model,
                dimensions == null ? 1536 : dimensions(dimensions),
                Duration.ofSeconds(15),
                3,
                Duration.ofSeconds(20),
                Duration.ofSeconds(8));
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, without the address: there may be a password in it.
        }
        throw new Usage("EMBEDDING_BASE_URL must look like https://embeddings.example.org/v1");
    }

    private static int dimensions(String text) {
        try {
            int dimensions = Integer.parseInt(text);
            if (dimensions > 0 && dimensions <= MOST_DIMENSIONS) {
                return dimensions;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Usage("EMBEDDING_DIMENSIONS must be a number from 1 to " + MOST_DIMENSIONS + ", not '" + text + "'");
    }
}
