package dev.mcppreflight.server.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is lost, nothing is too long, nothing is cut that belongs together. */
class ChunkerTest {

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> piece = Arbitraries.of(
                " ",
                "\n",
                "\n\n",
                "\t",
                "a",
                "mot",
                "Phrase. ",
                "# Titre\n\n",
                "\ud83c\udfe0",
                "é",
                "x".repeat(40),
                "   \n  \n ");
        return piece.list().ofMaxSize(120).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 2000)
    void everyTextIsCutWell(
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 16, max = 90) int size,
            @ForAll @IntRange(max = 45) int wish) {
        int overlap = Math.min(wish, size / 2);
        List<Chunk> chunks = new Chunker(size, overlap).chunks(text);
        int covered = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertEquals(i, chunk.index());
            assertEquals(text.substring(chunk.start(), chunk.end()), chunk.text());
            assertTrue(chunk.text().length() <= size, chunk::text);
            assertFalse(chunk.text().isBlank());
            assertTrue(chunk.end() > covered, "progress");
            assertTrue(covered - chunk.start() <= overlap, "overlap");
            assertTrue(
                    text.substring(Math.min(covered, chunk.start()), chunk.start())
                            .isBlank(),
                    "nothing is lost");
            assertFalse(Character.isLowSurrogate(chunk.text().charAt(0)));
            assertFalse(
                    Character.isHighSurrogate(chunk.text().charAt(chunk.text().length() - 1)));
            covered = chunk.end();
        }
        assertTrue(text.substring(covered).isBlank(), "nothing is lost at the end");
    }

    @Test
    void paragraphsStayWholeAndHeadingsLead() {
        String text = "Erste kurze Zeile.\n\n## Garden\n\nThe leaning lime tree will be pruned.";
        List<Chunk> chunks = new Chunker(60, 0).chunks(text);
        assertEquals("Erste kurze Zeile.", chunks.get(0).text());
        assertEquals(
                "## Garden\n\nThe leaning lime tree will be pruned.",
                chunks.get(1).text());
        assertEquals(2, chunks.size());
    }

    @Test
    void aLongRunBehindAnEarlySpaceLosesNothing() {
        StringBuilder text = new StringBuilder("ab ");
        for (int i = 1000; i < 1200; i++) {
            text.append(i);
        }
        String joined = String.join(
                "",
                new Chunker(200, 0)
                        .chunks(text.toString()).stream().map(Chunk::text).toList());
        assertEquals(text.toString().replace(" ", ""), joined);
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Chunker(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Chunker(100, 100));
        assertThrows(IllegalArgumentException.class, () -> new Chunker(100, -1));
        assertEquals(List.of(), new Chunker(100, 10).chunks(" \n "));
    }

    /** The levels, by the number of chunks that people expect of each, within a third. */
    @ParameterizedTest
    @CsvSource({"ULTRA_FINE, 60", "FINE, 30", "MEDIUM, 20", "STANDARD, 12", "COARSE, 8"})
    void levelsGiveTheChunksThatTheyPromise(Granularity level, int expected) {
        String text = "The tenants of the house pay the rent for each quarter in advance. "
                .repeat(200)
                .substring(0, 10_000);
        int chunks = new Chunker(level.size(), level.overlap()).chunks(text).size();
        assertTrue(Math.abs(chunks - expected) <= expected / 3, level + ": " + chunks);
    }
}
