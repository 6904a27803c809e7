package dev.mcppreflight.server.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.indexing.Indexer.Choice;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to answers. */
class IndexerTest {

    @TempDir
    Path folder;

    private final DocumentStore store = LuceneDocumentStore.inMemory();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "\ufeffLe piano du salon est dans la cave.\0");
        Files.write(folder.resolve("alt.txt"), "Évaluation à Genève".getBytes(Charset.forName("windows-1252")));
        Files.writeString(
                folder.resolve("page.html"),
                "<html><head><title>Two &amp; more</title><script>var trombone;</script></head>"
                        + "<body><p>The kestrel&#39;s nest.</p></body></html>");
        Files.writeString(folder.resolve("table.csv"), "name;amount\nboiler;1250");
        Files.writeString(folder.resolve("data.json"), "{\"turret\": \"camera obscura\"}");
        Files.writeString(folder.resolve("blank.txt"), " \n ");
        Files.writeString(folder.resolve("picture.png"), "no text");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Indexer.Summary index(DocumentStore into) {
        PrintStream out = new PrintStream(progress, true, StandardCharsets.UTF_8);
        return new Indexer(
                        new Ingestion(into, null, new Chunker(200, 20)),
                        new Choice(Extraction.endings(), 100, 2, into == null),
                        out)
                .index(List.of(folder));
    }

    private String first(String query) {
        return store.search(SearchQuery.of(query, 1)).get(0).document().source().path();
    }

    @Test
    void filesAreFoundAndOneThatFailsStopsNoOther() {
        Indexer.Summary summary = index(store);
        assertEquals(5, summary.count(Saved.CREATED));
        assertEquals(1, summary.failed());
        assertEquals("notes.txt", first("piano"));
        assertEquals("alt.txt", first("evaluation geneve"));
        assertEquals("page.html", first("kestrel"));
        assertEquals("table.csv", first("boiler"));
        assertEquals("data.json", first("camera obscura"));
        assertTrue(store.search(SearchQuery.of("trombone", 1)).isEmpty());
        assertTrue(store.list("", 10).stream().anyMatch(d -> d.title().equals("Two & more")));
        assertTrue(progress.toString(StandardCharsets.UTF_8).contains("FAILED blank.txt: no text in it"));
    }

    @Test
    void theSameFilesAgainChangeNothing() throws IOException {
        index(store);
        assertEquals(5, index(store).count(Saved.UNCHANGED));
        Files.writeString(folder.resolve("notes.txt"), "La trompette du salon.");
        assertEquals(1, index(store).count(Saved.UPDATED));
        assertEquals("notes.txt", first("trompette"));
        assertEquals(5, store.statistics().documents());
    }

    @Test
    void aDryRunStoresNothing() {
        assertEquals(5, index(null).count(Saved.CREATED));
        assertEquals(0, store.statistics().documents());
    }

    @Test
    void aPdfIsReadLikeAnyOther() throws IOException {
        Files.write(folder.resolve("plan.pdf"), SamplePdf.of("Le télescope de Genève."));
        assertEquals(6, index(store).count(Saved.CREATED));
        assertEquals("plan.pdf", first("telescope geneve"));
    }

    @Test
    void onlyWhatIsAskedForIsTaken() {
        PrintStream out = new PrintStream(progress, true, StandardCharsets.UTF_8);
        Ingestion ingestion = new Ingestion(store, null, new Chunker(200, 20));
        Indexer.Summary csv =
                new Indexer(ingestion, new Choice(Set.of("csv", "json"), 1, 1, false), out).index(List.of(folder));
        assertEquals(1, csv.count(Saved.CREATED));
        assertEquals("data.json", store.list("", 9).get(0).source().path());
        assertTrue(csv.toString().contains("1 more files left out"), csv::toString);
    }

    @Test
    void theSummaryNamesWhatFailed() {
        String summary = index(store).toString();
        assertTrue(summary.startsWith("5 created, 0 updated, 0 unchanged, 1 failed; "), summary);
        assertTrue(summary.contains("failed: blank.txt: no text in it"), summary);
    }

    @Test
    void whatIsNotThereFails() {
        Indexer indexer =
                new Indexer(new Ingestion(store, null, Chunker.standard()), Choice.ALL, new PrintStream(progress));
        assertEquals(
                2,
                indexer.index(List.of(folder.resolve("none"), folder.resolve("picture.png")))
                        .failed());
    }
}
