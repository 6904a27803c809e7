package dev.mcppreflight.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of {@code Accept}. */
class HeadersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | true | true",
                "'' | true | true",
                "*/* | true | true",
                "* | true | true",
                "application/json | true | false",
                "text/event-stream | false | true",
                "application/json, text/event-stream | true | true",
                "text/event-stream;q=0.9,application/json;q=0.8 | true | true",
                "*/*, application/json;q=0 | false | true",
                "text/*;q=0.5, application/*;q=0 | false | true",
                "TEXT/EVENT-STREAM; charset=utf-8 | false | true",
                "text/html | false | false",
                "*/*;q=0 | false | false",
                "garbage;;,, */*;q=x | true | true",
            })
    void acceptIsReadAsWritten(String header, boolean json, boolean events) {
        assertEquals(new AcceptedTypes(json, events), AcceptedTypes.of(header));
    }
}
