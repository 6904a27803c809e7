package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.protocol.RequestContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code get_database_stats}: figures about the collection. */
final class GetDatabaseStats implements DocumentTool {

    private static final double BYTES_PER_MEGABYTE = 1_000_000;

    private final DocumentStore store;
    private final Clock clock;

    GetDatabaseStats(DocumentStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "get_database_stats";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        Statistics figures = store.statistics();
        return new Result(
                figures.documents(),
                figures.chunks(),
                rounded(figures.chunks() / (double) Math.max(1, figures.documents())),
                Math.round(figures.chunkCharacters() / (double) Math.max(1, figures.chunks())),
                rounded(figures.bytes() / BYTES_PER_MEGABYTE),
                figures.chunksWithoutEmbedding(),
                figures.space() == null ? null : figures.space().model(),
                figures.space() == null ? null : figures.space().dimensions(),
                figures.schemaVersion(),
                store.name(),
                figures.documentsByLanguage(),
                figures.documentsByCategory(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    record Result(
            int total_documents,
            int total_chunks,
            double avg_chunks_per_document,
            long avg_chunk_size,
            double total_size_mb,
            int chunks_without_embedding,
            @JsonInclude(JsonInclude.Include.NON_NULL) String embedding_model,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer embedding_dimensions,
            String schema_version,
            String store,
            Map<String, Integer> languages,
            Map<String, Integer> categories,
            String timestamp) {}
}
