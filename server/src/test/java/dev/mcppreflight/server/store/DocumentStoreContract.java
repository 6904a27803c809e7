package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Source;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Summary;
import dev.mcppreflight.server.documents.Vectors;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps; each store runs it as a subclass. */
abstract class DocumentStoreContract {

    static final EmbeddingSpace SPACE = new EmbeddingSpace("compass", 3);
    private static final float[] NORTH = {0, 1, 0};
    private static final float[] EAST = {2, 0, 0};
    private static final float[] NORTH_EAST = {1, 1, 0};

    private DocumentStore store;

    /** Returns an empty store. */
    abstract DocumentStore create();

    @BeforeEach
    void open() {
        store = create();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    static Document document(String id, String language, String title, String text) {
        return new Document(
                id,
                title,
                text,
                "https://documents.example.org/" + id,
                language,
                "lease",
                "Échallens",
                LocalDate.of(2020, 3, 14),
                new Source("folder/" + id + ".md", "text/markdown", List.of("signed", id)));
    }

    static IndexedDocument indexed(Document document, float[]... vectors) {
        List<Chunk> chunks = new ArrayList<>();
        int start = 0;
        for (String part : document.text().split("\n")) {
            chunks.add(new Chunk(chunks.size(), start, part));
            start += part.length() + 1;
        }
        return new IndexedDocument(document, chunks, vectors.length == 0 ? null : new Vectors(SPACE, List.of(vectors)));
    }

    private static SearchQuery semantic(float[] vector, int limit, double threshold) {
        return new SearchQuery(
                "x",
                new Vectors(SPACE, List.<float[]>of(vector)),
                SearchMode.SEMANTIC,
                limit,
                threshold,
                true,
                Filters.NONE);
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(hit -> hit.document().id()).toList();
    }

    @Test
    void anEmptyStoreIsEmpty() {
        assertTrue(store.search(SearchQuery.of("toit", 5)).isEmpty());
        assertTrue(store.search(semantic(NORTH, 5, 0)).isEmpty());
        assertTrue(store.list("", 5).isEmpty());
        assertEquals(Optional.empty(), store.find("none"));
        assertEquals(Optional.empty(), store.space());
        assertFalse(store.delete("none"));
        assertEquals(0, store.statistics().documents());
        assertNull(store.statistics().space());
    }

    @Test
    void whatIsStoredIsFoundWhole() {
        Document document =
                document("a", "fr", "L'été à Genève", "Évaluation d'un \ud83c\udfe0.\nDeuxième partie: 'x' \\ \"y\".");
        assertEquals(Saved.CREATED, store.save(indexed(document, NORTH, EAST)));
        assertEquals(Optional.of(document), store.find("a"));
        assertEquals(List.of(document.summary()), store.list("", 10));
        Hit hit = store.search(SearchQuery.of("deuxieme partie", 5)).get(0);
        assertEquals(document.summary(), hit.document());
        assertEquals("a#1", hit.chunkId());
        assertEquals(document.text().split("\n")[1], hit.chunk().text());
        assertEquals(document.text().indexOf("Deuxième"), hit.chunk().start());
        assertEquals(1, hit.similarity());
    }

    @Test
    void storingTheSameAgainChangesNothing() {
        Document document = document("a", "fr", "Bail", "Le loyer.");
        assertEquals(Saved.CREATED, store.save(indexed(document, NORTH)));
        Statistics before = store.statistics();
        assertEquals(Saved.UNCHANGED, store.save(indexed(document, NORTH)));
        assertEquals(before, store.statistics());
        assertEquals(Optional.of(new Stored(indexed(document, NORTH).fingerprint(), 1, 1)), store.stored("a"));
        assertEquals(Optional.empty(), store.stored("none"));
        assertEquals(List.of(), store.missing());
    }

    @Test
    void aNewStateReplacesTheOldOne() {
        store.save(indexed(document("a", "fr", "Bail", "Le piano.\nLa cave.\nLe jardin."), NORTH, EAST, EAST));
        assertEquals(Saved.UPDATED, store.save(indexed(document("a", "fr", "Bail", "La trompette."), EAST)));
        assertTrue(store.search(SearchQuery.of("piano", 5)).isEmpty());
        assertEquals(List.of("a"), ids(store.search(SearchQuery.of("trompette", 5))));
        assertEquals(1, store.statistics().documents());
        assertEquals(1, store.statistics().chunks());
    }

    @Test
    void aPathBelongsToOneDocument() {
        Document first = document("a", "fr", "Bail", "Le piano.");
        store.save(indexed(first));
        Document second = document("b", "fr", "Bail", "La cave.");
        Document moved = second.summary().with("La cave.");
        Document same = new Document(
                "b", moved.title(), moved.text(), moved.url(), "fr", "lease", null, moved.date(), first.source());
        assertEquals(Saved.UPDATED, store.save(indexed(same)));
        assertEquals(List.of(same.summary()), store.list("", 10));
    }

    @Test
    void whatIsDeletedIsGone() {
        store.save(indexed(document("a", "fr", "Bail", "Le piano."), NORTH));
        store.save(indexed(document("b", "fr", "Bail", "Le piano."), NORTH));
        assertTrue(store.delete("a"));
        assertFalse(store.delete("a"));
        assertEquals(List.of("b"), ids(store.search(SearchQuery.of("piano", 5))));
        assertEquals(List.of("b"), ids(store.search(semantic(NORTH, 5, 0))));
        assertEquals(1, store.statistics().chunks());
    }

    @Test
    void vectorsOfTwoModelsNeverMix() {
        store.save(indexed(document("a", "fr", "Bail", "Le piano."), NORTH));
        assertEquals(Optional.of(SPACE), store.space());
        Document other = document("b", "fr", "Bail", "La cave.");
        List<Chunk> chunks = indexed(other).chunks();
        for (EmbeddingSpace space : List.of(new EmbeddingSpace("other", 3), new EmbeddingSpace("compass", 2))) {
            float[] vector = new float[space.dimensions()];
            vector[0] = 1;
            Vectors vectors = new Vectors(space, List.<float[]>of(vector));
            assertThrows(SpaceMismatchException.class, () -> store.save(new IndexedDocument(other, chunks, vectors)));
            assertThrows(
                    SpaceMismatchException.class,
                    () -> store.search(new SearchQuery("x", vectors, SearchMode.SEMANTIC, 5, 0, true, Filters.NONE)));
        }
        assertEquals(Optional.empty(), store.find("b"));
        assertEquals(1, store.statistics().documents());
    }

    @Test
    void meaningIsTheCosine() {
        store.save(indexed(document("east", "fr", "Est", "Est.\nNord-est."), EAST, NORTH_EAST));
        store.save(indexed(document("north", "fr", "Nord", "Nord."), NORTH));
        store.save(indexed(document("wordy", "fr", "Sans", "Sans vecteur.")));
        List<Hit> hits = store.search(semantic(NORTH, 5, 0));
        assertEquals(List.of("north", "east"), ids(hits));
        assertEquals(1, hits.get(0).similarity(), 1e-6);
        assertEquals(Math.sqrt(0.5), hits.get(1).similarity(), 1e-6);
        assertEquals("Nord-est.", hits.get(1).chunk().text());
        assertEquals(List.of("north"), ids(store.search(semantic(NORTH, 5, 0.8))));
        assertEquals(1, store.search(semantic(NORTH, 1, 0)).size());
        SearchQuery everyChunk = new SearchQuery(
                "x", new Vectors(SPACE, List.<float[]>of(EAST)), SearchMode.SEMANTIC, 5, 0, false, Filters.NONE);
        assertEquals(List.of("east", "east", "north"), ids(store.search(everyChunk)));
    }

    @Test
    void bothTogetherJoinTheRanks() {
        store.save(indexed(document("words", "fr", "Un", "Le piano du salon."), EAST));
        store.save(indexed(document("both", "fr", "Deux", "Un piano dans la grande salle du rez."), NORTH));
        store.save(indexed(document("meaning", "fr", "Trois", "Le clavier."), NORTH_EAST));
        SearchQuery query = new SearchQuery(
                "piano", new Vectors(SPACE, List.<float[]>of(NORTH)), SearchMode.HYBRID, 5, 0, true, Filters.NONE);
        List<Hit> hits = store.search(query);
        assertEquals(3, hits.size());
        assertEquals("both", hits.get(0).document().id());
        assertTrue(hits.get(0).similarity() > 0.9 && hits.get(0).similarity() <= 1);
        assertEquals(hits, store.search(query));
    }

    @Test
    void moreThanFortyVectorsAreFound() {
        for (int i = 0; i < 120; i++) {
            store.save(indexed(
                    document("d" + i, i % 10 == 0 ? "en" : "fr", "T", "Text " + i + "."), new float[] {1, i, 1}));
        }
        assertEquals(50, store.search(semantic(NORTH, 50, 0)).size());
        SearchQuery rare = new SearchQuery(
                "x",
                new Vectors(SPACE, List.<float[]>of(NORTH)),
                SearchMode.SEMANTIC,
                50,
                0,
                true,
                Filters.of("en", null, null));
        assertEquals(12, store.search(rare).size());
    }

    @Test
    void wordsAreFoundWhateverTheirForm() {
        store.save(indexed(document("fr", "fr", "Rapport", "L'humidité des toitures à Genève coûte CHF 1'250'000.")));
        store.save(indexed(document("en", "en", "Report", "The tenants' leases mention two boilers.")));
        store.save(indexed(document("und", "und", "Zettel", "Die Waschküche ist abgeschlossen.")));
        Map.of(
                        "humidite toiture",
                        "fr",
                        "GENEVE",
                        "fr",
                        "1250000",
                        "fr",
                        "boiler",
                        "en",
                        "lease",
                        "en",
                        "waschkuche",
                        "und")
                .forEach((query, id) -> assertEquals(List.of(id), ids(store.search(SearchQuery.of(query, 5))), query));
        for (String odd : List.of("?!*:(\"", "zzyzx", "le la les", "' \\ '' & | !")) {
            assertTrue(store.search(SearchQuery.of(odd, 5)).isEmpty(), odd);
        }
        store.search(SearchQuery.of("mot ".repeat(5000) + "\0", 5));
    }

    /** PostgreSQL knows no U+0000: to be asked for it is no failure of the database. */
    @Test
    void whatNoTextHoldsIsNowhere() {
        store.save(indexed(document("one", "fr", "Bail", "Le piano."), NORTH));
        assertEquals(Optional.empty(), store.find("o\0ne"));
        assertEquals(Optional.empty(), store.stored("\0"));
        assertFalse(store.delete("one\0"));
        assertEquals(1, store.list("\0", 5).size());
        Filters nowhere = new Filters(null, "le\0ase", "\0", null, List.of("\0"), "folder\0", null, null);
        assertEquals(
                List.of(), store.search(new SearchQuery("piano\0", null, SearchMode.FULLTEXT, 5, 0, false, nowhere)));
        assertEquals(1, store.search(SearchQuery.of("piano\0", 5)).size());
    }

    @Test
    void filtersRestrict() {
        Document old = document("old", "fr", "Bail", "Le piano.");
        store.save(indexed(old, NORTH));
        store.save(indexed(
                new Document(
                        "new",
                        "Acte",
                        "Le piano.",
                        "https://documents.example.org/n",
                        "en",
                        "deed",
                        null,
                        LocalDate.of(2024, 1, 1),
                        new Source("other/new.txt", "text/plain", List.of())),
                NORTH));
        Map<Filters, List<String>> expected = Map.of(
                Filters.of("fr", null, null),
                List.of("old"),
                Filters.of(null, "deed", null),
                List.of("new"),
                Filters.of(null, null, "Échallens"),
                List.of("old"),
                new Filters(null, null, null, "text/plain", List.of(), null, null, null),
                List.of("new"),
                new Filters(null, null, null, null, List.of("signed", "old"), null, null, null),
                List.of("old"),
                new Filters(null, null, null, null, List.of("signed", "new"), null, null, null),
                List.of(),
                new Filters(null, null, null, null, List.of(), "other/", null, null),
                List.of("new"),
                new Filters(null, null, null, null, List.of(), null, LocalDate.of(2020, 3, 15), null),
                List.of("new"),
                new Filters(null, null, null, null, List.of(), null, null, LocalDate.of(2020, 3, 14)),
                List.of("old"));
        expected.forEach((filters, ids) -> {
            assertEquals(ids, ids(store.search(SearchQuery.fulltext("piano", 5, 0, filters))), filters::toString);
            assertEquals(
                    ids,
                    ids(store.search(new SearchQuery(
                            "x",
                            new Vectors(SPACE, List.<float[]>of(NORTH)),
                            SearchMode.SEMANTIC,
                            5,
                            0,
                            true,
                            filters))),
                    filters::toString);
        });
    }

    @Test
    void figuresAreRight() {
        store.save(indexed(document("a", "fr", "Bail", "été\nhiver"), NORTH, EAST));
        store.save(indexed(document("b", "en", "Lease", "summer")));
        Statistics figures = store.statistics();
        assertEquals(2, figures.documents());
        assertEquals(3, figures.chunks());
        assertEquals(1, figures.chunksWithoutEmbedding());
        assertEquals("étéhiversummer".length(), figures.chunkCharacters());
        assertEquals(3 + 2 + 1 + 5 + 6, figures.bytes());
        assertEquals(SPACE, figures.space());
        assertEquals(Map.of("fr", 1, "en", 1), figures.documentsByLanguage());
        assertEquals(Map.of("lease", 2), figures.documentsByCategory());
    }

    @Test
    void pagesFollowTheOrderOfIds() {
        for (String id : List.of("b", "a-b", "a", "ab", "c")) {
            store.save(indexed(document(id, "fr", "T", "Texte.")));
        }
        List<String> seen = new ArrayList<>();
        List<Summary> page = store.list("", 2);
        while (!page.isEmpty()) {
            page.forEach(entry -> seen.add(entry.id()));
            page = store.list(seen.get(seen.size() - 1), 2);
        }
        assertEquals(List.of("a", "a-b", "ab", "b", "c"), seen);
    }
}
