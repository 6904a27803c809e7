package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Source;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.indexing.Extracted;
import dev.mcppreflight.server.indexing.Extraction;
import dev.mcppreflight.server.indexing.ExtractionException;
import dev.mcppreflight.server.indexing.Ingestion;
import dev.mcppreflight.server.indexing.Original;
import dev.mcppreflight.server.protocol.RequestContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code upload_document}: a text or a file into the collection, whole or not at all. */
final class UploadDocument implements DocumentTool {

    private final DocumentStore store;
    private final EmbeddingModel model;
    private final Chunker chunker;
    private final UploadSource source;
    private final Clock clock;
    private final Extraction extraction = new Extraction();

    /**
     * Creates the tool.
     *
     * @param model embeds the chunks, or null when words are enough
     * @param files the one folder that paths may lead to
     */
    UploadDocument(DocumentStore store, EmbeddingModel model, Chunker chunker, FileRoot files, Clock clock) {
        this.store = store;
        this.model = model;
        this.chunker = chunker;
        this.source = new UploadSource(files);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "upload_document";
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        long start = System.nanoTime();
        Original original = source.original(arguments, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Extracted extracted = described(extracted(original), arguments);
        Optional<Stored> before = store.stored(extracted.document().id());
        String wish = Optional.ofNullable(arguments.textOrNull("if_exists")).orElse("replace");
        if (before.isPresent() && wish.equals("error")) {
            throw new ToolFailure(
                    "already_exists", "There is a document of this name.", "Choose another name, or replace it.");
        }
        List<String> warnings = new ArrayList<>(extracted.warnings());
        if (before.isPresent() && wish.equals("skip")) {
            warnings.add("there is a document of this name, which was left as it is");
            return result(original, extracted, "unchanged", before.get(), start, warnings);
        }
        boolean byWords =
                model != null && store.space().isEmpty() && !store.list("", 1).isEmpty();
        if (byWords) {
            warnings.add("the collection has no vectors, so the document is found by its words only");
        }
        Ingestion.Result done = new Ingestion(store, byWords ? null : model, chunker)
                .add(extracted, (cut, total) -> context.progress(cut, total, "chunks embedded"));
        String status = done.saved().name().toLowerCase(Locale.ROOT);
        return result(original, extracted.as(done.document()), status, done.stored(), start, warnings);
    }

    private Extracted extracted(Original original) {
        try {
            return extraction.read(original);
        } catch (ExtractionException e) {
            throw new ToolFailure(
                    e.code(),
                    "The file cannot be used: " + e.getMessage() + ".",
                    "Files of these kinds can be read: " + String.join(", ", Extraction.endings()) + ".");
        }
    }

    /** What the caller says about the document goes before what was found in it. */
    private static Extracted described(Extracted extracted, Arguments arguments) {
        Document found = extracted.document();
        LocalDate date = arguments.date("date");
        List<String> tags = arguments.texts("tags").stream()
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        Document described = new Document(
                found.id(),
                or(arguments.textOrNull("title"), found.title()),
                found.text(),
                or(arguments.textOrNull("source_url"), found.url()),
                or(arguments.textOrNull("language"), found.language()),
                or(arguments.textOrNull("category"), found.category()),
                or(arguments.textOrNull("commune"), found.commune()),
                date == null ? found.date() : date,
                new Source(found.source().path(), found.source().mediaType(), tags));
        return new Extracted(
                described,
                extracted.dated() || date != null,
                extracted.method(),
                extracted.pages(),
                extracted.warnings());
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static Result result(
            Original original, Extracted extracted, String status, Stored held, long start, List<String> warnings) {
        Document document = extracted.document();
        return new Result(
                document.id(),
                document.source().fileName(),
                status,
                sha256(original.bytes()),
                document.text().length(),
                held.chunks(),
                held.vectors(),
                extracted.method(),
                extracted.pages(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                warnings);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    record Result(
            String document_id,
            String file_name,
            String status,
            String content_sha256,
            int text_length,
            int chunks_count,
            int embeddings_count,
            String method,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer page_count,
            long duration_ms,
            List<String> warnings) {}
}
