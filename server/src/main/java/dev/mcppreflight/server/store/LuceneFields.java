package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Source;
import dev.mcppreflight.server.documents.Summary;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** How a document stands in the index: one entry for each chunk, and a head with the whole text behind them. */
final class LuceneFields {

    /** The id of the document, in every entry of it. */
    static final String DOCUMENT = "document";
    /** The same, in the head only. */
    static final String HEAD = "head";

    static final String PATH = "path";
    static final String LANGUAGE = "language";
    static final String CATEGORY = "category";
    static final String COMMUNE = "commune";
    static final String MEDIA_TYPE = "media_type";
    static final String TAG = "tag";
    static final String DAY = "day";
    static final String VECTOR = "vector";
    static final String FINGERPRINT = "fingerprint";
    static final String CHUNKS = "chunks";
    static final String CHUNK_CHARACTERS = "chunk_characters";
    static final String EMBEDDED = "embedded";
    static final String BYTES = "bytes";

    /** The path of the file, in every entry of it. */
    static final String ORIGIN = "origin";

    private static final String TITLE = "title";
    private static final String URL = "url";
    private static final String DATE = "date";
    private static final String TEXT = "text";
    private static final String INDEX = "index";
    private static final String START = "start";

    private LuceneFields() {}

    /** Returns the entries of a document. */
    static List<Iterable<IndexableField>> block(IndexedDocument indexed) {
        List<Iterable<IndexableField>> block = new ArrayList<>();
        Document document = indexed.document();
        for (Chunk chunk : indexed.chunks()) {
            List<IndexableField> fields = common(document);
            // The title belongs to every chunk: it says what the chunk is about.
            String words = document.title() + "\n" + chunk.text();
            if (Analyzers.byField().containsKey(document.language())) {
                fields.add(new TextField(document.language(), words, Field.Store.NO));
            }
            fields.add(new TextField(Analyzers.EXACT, words, Field.Store.NO));
            fields.add(new StoredField(TEXT, chunk.text()));
            fields.add(new StoredField(INDEX, chunk.index()));
            fields.add(new StoredField(START, chunk.start()));
            indexed.vector(chunk.index())
                    .ifPresent(vector ->
                            fields.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.COSINE)));
            block.add(fields);
        }
        block.add(head(indexed));
        return block;
    }

    private static List<IndexableField> head(IndexedDocument indexed) {
        Document document = indexed.document();
        List<IndexableField> fields = common(document);
        fields.add(new StringField(HEAD, document.id(), Field.Store.NO));
        fields.add(new SortedDocValuesField(HEAD, new BytesRef(document.id())));
        fields.add(new StringField(PATH, document.source().path(), Field.Store.NO));
        fields.add(new StoredField(TEXT, document.text()));
        fields.add(new StoredField(FINGERPRINT, indexed.fingerprint()));
        fields.add(new StoredField(CHUNKS, indexed.chunks().size()));
        fields.add(new StoredField(
                CHUNK_CHARACTERS,
                indexed.chunks().stream().mapToInt(c -> c.text().length()).sum()));
        fields.add(new StoredField(
                EMBEDDED,
                indexed.vectors() == null ? 0 : indexed.vectors().values().size()));
        fields.add(new StoredField(BYTES, document.text().getBytes(StandardCharsets.UTF_8).length));
        return fields;
    }

    private static List<IndexableField> common(Document document) {
        List<IndexableField> fields = new ArrayList<>();
        fields.add(new StringField(DOCUMENT, document.id(), Field.Store.YES));
        fields.add(new StoredField(TITLE, document.title()));
        fields.add(new StoredField(URL, document.url()));
        fields.add(new StringField(LANGUAGE, document.language(), Field.Store.YES));
        fields.add(new StringField(CATEGORY, document.category(), Field.Store.YES));
        if (document.commune() != null) {
            fields.add(new StringField(COMMUNE, document.commune(), Field.Store.YES));
        }
        fields.add(new StoredField(DATE, document.date().toString()));
        fields.add(new LongPoint(DAY, document.date().toEpochDay()));
        fields.add(new StringField(ORIGIN, document.source().path(), Field.Store.YES));
        fields.add(new StringField(MEDIA_TYPE, document.source().mediaType(), Field.Store.YES));
        for (String tag : document.source().tags()) {
            fields.add(new StringField(TAG, tag, Field.Store.YES));
        }
        return fields;
    }

    /** Returns the description in an entry. */
    static Summary summary(org.apache.lucene.document.Document fields) {
        return new Summary(
                fields.get(DOCUMENT),
                fields.get(TITLE),
                fields.get(URL),
                fields.get(LANGUAGE),
                fields.get(CATEGORY),
                fields.get(COMMUNE),
                LocalDate.parse(fields.get(DATE)),
                new Source(fields.get(ORIGIN), fields.get(MEDIA_TYPE), List.of(fields.getValues(TAG))));
    }

    /** Returns the document of a head. */
    static Document document(org.apache.lucene.document.Document fields) {
        return summary(fields).with(fields.get(TEXT));
    }

    /** Returns a number in an entry. */
    static int number(org.apache.lucene.document.Document fields, String name) {
        return fields.getField(name).numericValue().intValue();
    }

    /** Returns the hit of a chunk. */
    static Hit hit(org.apache.lucene.document.Document fields, double similarity) {
        Chunk chunk = new Chunk(number(fields, INDEX), number(fields, START), fields.get(TEXT));
        return new Hit(summary(fields), chunk, similarity);
    }
}
