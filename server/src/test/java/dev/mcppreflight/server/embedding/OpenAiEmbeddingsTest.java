package dev.mcppreflight.server.embedding;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.mcppreflight.server.protocol.JsonCodec;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each way in which an embedding service fails. */
class OpenAiEmbeddingsTest {

    private static final String KEY = "sk-very-secret";
    private static final String GOOD =
            "{\"data\":[{\"index\":1,\"embedding\":[0,1]},{\"index\":0,\"embedding\":[1,0]}]}";

    @RegisterExtension
    private final WireMockExtension service = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private OpenAiEmbeddings model() {
        return model("tiny");
    }

    private OpenAiEmbeddings model(String name) {
        return new OpenAiEmbeddings(
                new OpenAiSettings(
                        URI.create(service.baseUrl() + "/v1/"),
                        KEY,
                        name,
                        2,
                        Duration.ofMillis(700),
                        2,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(250)),
                new JsonCodec(McpJsonDefaults.getMapper()));
    }

    private void answers(ResponseDefinitionBuilder answer) {
        service.stubFor(post(urlEqualTo("/v1/embeddings")).willReturn(answer));
    }

    private String failure() {
        String message = assertThrows(EmbeddingException.class, () -> model().embed(List.of("a", "b")))
                .getMessage();
        assertFalse(message.contains(KEY), message);
        return message;
    }

    private void wasAsked(int times) {
        service.verify(times, postRequestedFor(urlEqualTo("/v1/embeddings")));
    }

    /** Whoever asks can be answered by words meanwhile. */
    @Test
    void aQuestionDoesNotWaitForASlowService() {
        for (ResponseDefinitionBuilder answer : List.of(
                aResponse().withBody(GOOD).withFixedDelay(5000),
                aResponse().withStatus(429).withHeader("Retry-After", "1"))) {
            answers(answer);
            String message = assertThrows(EmbeddingException.class, () -> model().embedQuestion("a"))
                    .getMessage();
            assertTrue(message.endsWith("(attempts: 1)"), message);
        }
    }

    /** Models of this family are as long as one asks for, and 1536 or 3072 numbers long when nobody asks. */
    @Test
    void onlyModelsThatKnowLengthsAreAskedForOne() {
        answers(aResponse().withBody(GOOD));
        model("text-embedding-3-small").embed(List.of("a", "b"));
        service.verify(
                1,
                postRequestedFor(urlEqualTo("/v1/embeddings"))
                        .withRequestBody(matchingJsonPath("$.dimensions", equalTo("2"))));
        model("tiny").embed(List.of("a", "b"));
        wasAsked(2);
        service.verify(
                1, postRequestedFor(urlEqualTo("/v1/embeddings")).withRequestBody(matchingJsonPath("$.dimensions")));
    }

    @Test
    void vectorsFollowTheOrderOfTheTexts() {
        answers(aResponse().withBody(GOOD));
        List<float[]> vectors = model().embed(List.of("a", "b")).values();
        assertArrayEquals(new float[] {1, 0}, vectors.get(0));
        assertArrayEquals(new float[] {0, 1}, vectors.get(1));
        service.verify(postRequestedFor(urlEqualTo("/v1/embeddings"))
                .withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath("$.model", equalTo("tiny")))
                .withRequestBody(matchingJsonPath("$.input[1]", equalTo("b"))));
    }

    @Test
    void aWrongKeyIsNotTriedAgain() {
        answers(aResponse().withStatus(401).withBody("{\"error\":{\"message\":\"bad key " + KEY + "\"}}"));
        assertTrue(failure().contains("401"));
        wasAsked(1);
    }

    @Test
    void aBusyServiceIsAskedAgainWhenItSays() {
        service.stubFor(post(urlEqualTo("/v1/embeddings"))
                .inScenario("busy")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "1"))
                .willSetStateTo("free"));
        service.stubFor(post(urlEqualTo("/v1/embeddings"))
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(aResponse().withBody(GOOD)));
        long start = System.nanoTime();
        assertEquals(2, model().embed(List.of("a", "b")).values().size());
        assertTrue(System.nanoTime() - start >= 1_000_000_000L, "it waited as long as it was told");
    }

    @Test
    void nobodyWaitsForAnHour() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
        assertTrue(failure().contains("429"));
        wasAsked(1);
    }

    @Test
    void aServiceThatFailsIsAskedTwiceAtMost() {
        answers(aResponse().withStatus(500));
        assertTrue(failure().contains("500"));
        wasAsked(2);
    }

    @Test
    void aServiceThatHangsIsLeft() {
        answers(aResponse().withBody(GOOD).withFixedDelay(3000));
        long start = System.nanoTime();
        assertTrue(failure().contains("does not answer"));
        assertTrue(System.nanoTime() - start < 2_900_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<html> | something else",
                "{\"data\":7} | something else",
                "{} | something else",
                "{\"data\":[{\"index\":9,\"embedding\":[1,0]}]} | something else",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0]}]} | fewer",
                "{\"data\":[]} | fewer",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":0,\"embedding\":[0,1]}]} | two vectors",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1,0,0]}]} | 3 numbers",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[0,0]}]} | no direction",
            })
    void whatIsNotOneVectorForEachTextIsRefused(String body, String problem) {
        answers(aResponse().withBody(body));
        String message = failure();
        assertTrue(message.contains(problem), message);
    }
}
