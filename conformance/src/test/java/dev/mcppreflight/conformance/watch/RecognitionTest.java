package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client that is known is recognised by what it sends to a server that is right, and no cause is named there. */
class RecognitionTest {

    static Stream<Arguments> meetings() {
        return Catalogue.clientNames().stream()
                .flatMap(client -> Stream.of("healthy-streamable", "healthy-sse", "healthy-stateless")
                        .map(server -> Arguments.of(client, server)));
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void aKnownClientIsRecognisedAndGetsThrough(String client, String server) {
        try (Session session = Session.before(server)) {
            List<Watched.Visit> visits = session.visitedBy(client).seen().visits();
            Watched.Visit last = visits.get(visits.size() - 1);
            assertTrue(
                    last.client().clients().contains(client),
                    () -> client + " was taken for " + last.client() + "\n" + String.join("\n", session.lines()));
            for (Watched.Visit visit : visits) {
                assertEquals(
                        List.of(),
                        Diagnostician.diagnose(visit.overheard().evidence()),
                        () -> String.join("\n", session.lines()));
            }
        }
    }
}
