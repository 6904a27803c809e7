package dev.mcppreflight.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResumableStreamTest {

    private final ResumableStream stream = new ResumableStream("1", true);

    @Test
    void whoIsLetGoBeforeTheConnectionIsThereComesBackForTheAnswer() {
        stream.letGo();
        stream.send("{\"id\":7}".getBytes(UTF_8));
        String first = attach(-1);
        assertTrue(first.startsWith("id: 1-0\n"), first);
        assertTrue(first.contains("retry: 500"), first);
        assertFalse(first.contains("\"id\":7"), first);
        assertFalse(stream.isConnected());

        String second = attach(0);
        assertTrue(second.contains("\"id\":7"), second);
        assertTrue(stream.isConnected());
    }

    @Test
    void whoIsLetGoLaterGetsOnlyWhatWasSentSince() {
        stream.send("{\"id\":1}".getBytes(UTF_8));
        assertTrue(attach(-1).contains("\"id\":1"));
        stream.letGo();
        assertFalse(stream.isConnected());
        stream.send("{\"id\":2}".getBytes(UTF_8));

        String second = attach(1);
        assertFalse(second.contains("\"id\":1"), second);
        assertTrue(second.contains("\"id\":2"), second);
    }

    private String attach(int seen) {
        return new String(stream.attach(new EventStream(() -> {}), seen), UTF_8);
    }
}
