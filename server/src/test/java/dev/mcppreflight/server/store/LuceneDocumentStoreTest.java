package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Summary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search over the bundled corpus. */
@TestInstance(Lifecycle.PER_CLASS)
class LuceneDocumentStoreTest {

    private final List<Document> corpus = new BundledCorpus().read();
    private final LuceneDocumentStore store = new LuceneDocumentStore(corpus);

    @AfterAll
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mosaïque romaine hippocampe | mosaïque romaine",
                "MOSAIQUE ROMAINE | mosaïque romaine",
                "ruche abeilles apicultrice | Wyttenbach",
                "cueillir coings cognassier | cognassier",
                "piano à queue Bösendorfer | Bösendorfer",
                "bosendorfer | Bösendorfer",
                "champignonnière pleurotes abri | champignonnière",
                "parapente girouette esturgeon | esturgeon",
                "horloge astronomique vestibule | Amiguet",
                "tortue Pénélope | Pénélope",
                "fresque de bouquetins dans le hall | Korrigan",
                "letters of a lighthouse keeper | lighthouse keeper",
                "brass bands rehearsing in the barn | Maundy Thursday",
                "kestrel falconry | VD-7741",
                "bowling alley | maple",
                "meteorites | meteorite",
                "mountaineer courtyard | Brandenberger",
                "camera obscura turret | Sarrasin",
                "lost trombone | Zephyrine",
                "61400 | CHF 61'400",
                "7'315 | CHF 7'315",
            })
    void needlesAreFoundFirst(String query, String fact) {
        Hit best = store.search(SearchQuery.of(query, 5)).get(0);
        assertTrue(
                best.chunk().text().contains(fact),
                () -> query + " found " + best.chunk().text());
        assertEquals(1, best.similarity());
    }

    @Test
    void equalSearchesGiveEqualAnswers() {
        SearchQuery query = SearchQuery.of("humidité toiture Aigle", 20);
        List<Hit> hits = store.search(query);
        assertEquals(20, hits.size());
        assertEquals(hits, store.search(query));
        assertEquals(20, new HashSet<>(hits.stream().map(Hit::document).toList()).size());
        for (int i = 1; i < hits.size(); i++) {
            assertTrue(hits.get(i - 1).similarity() >= hits.get(i).similarity());
        }
    }

    @Test
    void filtersAndThresholdRestrict() {
        List<Hit> hits = store.search(SearchQuery.fulltext("toiture", 50, 0, Filters.of("fr", "quote", null)));
        assertFalse(hits.isEmpty());
        assertTrue(hits.stream().allMatch(h -> h.document().category().equals("quote")));
        assertTrue(hits.stream().allMatch(h -> h.document().language().equals("fr")));
        String commune = corpus.get(0).commune();
        assertTrue(store.search(SearchQuery.fulltext("loyer rent", 50, 0, Filters.of(null, null, commune))).stream()
                .allMatch(h -> h.document().commune().equals(commune)));
        assertTrue(store.search(SearchQuery.fulltext("toiture tuiles", 50, 0.9, Filters.NONE)).stream()
                .allMatch(h -> h.similarity() >= 0.9));
    }

    @Test
    void oddQueriesDoNoHarm() {
        assertTrue(store.search(SearchQuery.of("zzyzx", 5)).isEmpty());
        store.search(SearchQuery.of("a,b;c.d ".repeat(500), 5));
        assertTrue(store.search(SearchQuery.of("?!*:(\"", 5)).isEmpty());
        store.search(SearchQuery.of("\u2603 \ud83c\udfe0 AND OR NOT ~", 5));
        store.search(SearchQuery.of("appartement ".repeat(2000), 5));
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            words.append("mot").append(i).append(' ');
        }
        store.search(SearchQuery.of(words.toString(), 5));
    }

    @Test
    void theCorpusIsWhole() {
        assertEquals(184, corpus.size());
        assertEquals(184, store.statistics().documents());
        assertTrue(store.statistics().documentsByLanguage().get("fr") > 92);
        assertEquals(8, store.statistics().documentsByCategory().size());
        for (Document document : corpus) {
            int words = document.text().split("\\s+").length;
            assertTrue(words >= 100 && words <= 600, () -> document.id() + " has " + words + " words");
            assertTrue(document.url().startsWith("https://documents.example.org/"), document::url);
            assertFalse(document.text().contains("{"), document::id);
        }
        assertEquals(184, new HashSet<>(corpus.stream().map(Document::title).toList()).size());
    }

    @Test
    void listingVisitsEveryDocumentOnce() {
        List<Summary> seen = new ArrayList<>();
        List<Summary> page = store.list("", 50);
        while (!page.isEmpty()) {
            seen.addAll(page);
            page = store.list(page.get(page.size() - 1).id(), 50);
        }
        assertEquals(corpus.stream().map(Document::summary).toList(), seen);
    }

    @Test
    void idsAreUnique() {
        List<Document> twice = List.of(corpus.get(0), corpus.get(0));
        assertThrows(IllegalArgumentException.class, () -> new LuceneDocumentStore(twice).close());
    }
}
