package dev.mcppreflight.conformance.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer may be megabytes long, and dozens of rules look at each: it is read once, not by each of them. */
class RecordingTest {

    private static final String ANSWER =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"the word is swordfish\"}}";

    private final Redactor redactor = new Redactor(List.of());
    private final Recording recording = new WireLog(redactor).begin("a call", "POST", "http://host/", List.of(), "{}");

    @Test
    void everyPictureSharesTheAnswerAsItWasRead() {
        Json read = Json.parse(ANSWER);
        recording.answer(read);
        assertSame(read, recording.exchange().message());
        assertSame(read, recording.exchange().sentFor("something else").message());
        assertEquals(ANSWER, recording.exchange().answer());
    }

    @Test
    void aTextIsReadOnceHoweverOftenItIsLookedAt() {
        recording.answer(ANSWER);
        assertSame(recording.exchange().message(), recording.exchange().message());
        assertSame(recording.exchange().request(), recording.exchange().request());
    }

    @Test
    void everyPictureSharesTheEventsAsTheyWereRead() {
        ("data: " + ANSWER + "\n\n").chars().forEach(recording::streamOctet);
        SseEvent first = recording.exchange().stream().events().get(0);
        SseEvent again = recording.exchange().stream().events().get(0);
        assertSame(first.message(), again.message());
    }

    @Test
    void aSecretThatIsLearntLaterIsInNeitherForm() {
        recording.answer(Json.parse(ANSWER));
        recording.exchange().message();
        redactor.learn("swordfish");
        Exchange later = recording.exchange();
        String expected = ANSWER.replace("swordfish", "[redacted]");
        assertEquals(expected, later.answer());
        assertEquals(Json.parse(expected), later.message());
    }

    @Test
    void whatIsNoJsonIsNoMessage() {
        assertSame(Json.MISSING, recording.exchange().message());
        recording.answer("no JSON");
        assertEquals(Json.MISSING, recording.exchange().message());
        assertEquals("no JSON", recording.exchange().answer());
    }
}
