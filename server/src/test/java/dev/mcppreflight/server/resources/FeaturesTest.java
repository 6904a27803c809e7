package dev.mcppreflight.server.resources;

import static dev.mcppreflight.server.Messages.initialize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.TestServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources, the prompt and completion: what is declared is there. */
@TestInstance(Lifecycle.PER_CLASS)
class FeaturesTest {

    private final TestServer server = TestServer.local();
    private final String session = server.session("2025-11-25");

    @AfterAll
    void stop() {
        server.close();
    }

    private static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private JsonPath ask(String method, String params) {
        return server.json(session, message(method, params))
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void exactlyWhatIsThereIsDeclared() {
        JsonPath answer = server.json(initialize("2025-11-25")).post("/mcp").jsonPath();
        assertEquals(
                Set.of("tools", "resources", "prompts", "completions", "logging"),
                answer.getMap("result.capabilities").keySet());
    }

    @Test
    void theListHoldsEachResourceOnceAndAllCanBeRead() {
        List<String> uris = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = ask("resources/list", cursor == null ? "{}" : "{\"cursor\":\"" + cursor + "\"}");
            uris.addAll(page.getList("result.resources.uri"));
            cursor = page.getString("result.nextCursor");
        } while (cursor != null);
        assertEquals("documents://stats", uris.get(0));
        assertEquals(uris.size(), Set.copyOf(uris).size());
        JsonPath figures = new JsonPath(
                ask("resources/read", "{\"uri\":\"documents://stats\"}").getString("result.contents[0].text"));
        assertEquals(uris.size() - 1, figures.getInt("total_documents"));
        for (String uri : List.of(uris.get(1), uris.get(uris.size() - 1))) {
            JsonPath content = ask("resources/read", "{\"uri\":\"" + uri + "\"}");
            assertEquals(uri, content.getString("result.contents[0].uri"));
            assertEquals("text/markdown", content.getString("result.contents[0].mimeType"));
            assertFalse(content.getString("result.contents[0].text").isBlank());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources/read | {\"uri\":\"documents://no-such-document\"} | -32002",
                "resources/read | {\"uri\":\"file:///etc/passwd\"} | -32002",
                "resources/read | {} | -32602",
                "resources/list | {\"cursor\":\"x\"} | -32602",
                "resources/list | {\"cursor\":5} | -32602",
                "resources/templates/list | {\"cursor\":\"x\"} | -32602",
                "resources/subscribe | {\"uri\":\"documents://stats\"} | -32601",
                "logging/setLevel | {\"level\":\"loud\"} | -32602",
                "logging/setLevel | {} | -32602",
                "prompts/list | {\"cursor\":\"x\"} | -32602",
                "prompts/get | {\"name\":\"nothing\"} | -32602",
                "prompts/get | {\"name\":\"ask_documents\"} | -32602",
                "prompts/get | {\"name\":\"ask_documents\",\"arguments\":{\"question\":5}} | -32602",
                "completion/complete | {} | -32602",
                "completion/complete | {\"ref\":{\"type\":\"ref/prompt\",\"name\":\"x\"},\"argument\":{\"name\":\"question\",\"value\":\"\"}} | -32602",
            })
    void whatIsNotThereIsAnError(String method, String params, int code) {
        JsonPath answer = ask(method, params);
        assertEquals(code, answer.getInt("error.code"));
        assertNull(answer.get("result"));
    }

    @Test
    void thePromptCarriesTheQuestion() {
        assertEquals("question", ask("prompts/list", "{}").getString("result.prompts[0].arguments[0].name"));
        JsonPath filled =
                ask("prompts/get", "{\"name\":\"ask_documents\",\"arguments\":{\"question\":\"Quel loyer ?\"}}");
        assertEquals("user", filled.getString("result.messages[0].role"));
        assertTrue(filled.getString("result.messages[0].content.text").endsWith("Quel loyer ?"));
    }

    @Test
    void idsAndQuestionsAreSuggested() {
        String template = ask("resources/templates/list", "{}").getString("result.resourceTemplates[0].uriTemplate");
        String ref = "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"" + template + "\"},\"argument\":{\"name\":";
        List<String> all = ask("completion/complete", ref + "\"document_id\",\"value\":\"\"}}")
                .getList("result.completion.values");
        assertFalse(all.isEmpty());
        String some = all.get(0).substring(0, 4);
        List<String> values = ask("completion/complete", ref + "\"document_id\",\"value\":\"" + some + "\"}}")
                .getList("result.completion.values");
        assertEquals(all.stream().filter(id -> id.startsWith(some)).toList(), values);
        assertEquals(
                List.of(all.get(0)),
                ask("completion/complete", ref + "\"document_id\",\"value\":\"" + all.get(0) + "\"}}")
                        .getList("result.completion.values"));
        assertEquals(
                List.of("Combien de documents y a-t-il ?"),
                ask(
                                "completion/complete",
                                "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"ask_documents\"},"
                                        + "\"argument\":{\"name\":\"question\",\"value\":\"comb\"}}")
                        .getList("result.completion.values"));
    }

    @Test
    @SuppressWarnings({"deprecation", "removal"})
    void overSseAClientFindsTheSame() {
        try (McpSyncClient client = McpClient.sync(
                        HttpClientSseClientTransport.builder(server.url()).build())
                .build()) {
            client.initialize();
            String uri = client.listResources().resources().get(1).uri();
            TextResourceContents content = (TextResourceContents)
                    client.readResource(ReadResourceRequest.builder(uri).build())
                            .contents()
                            .get(0);
            assertEquals(
                    ask("resources/read", "{\"uri\":\"" + uri + "\"}").getString("result.contents[0].text"),
                    content.text());
            assertEquals(1, client.listPrompts().prompts().size());
            assertEquals(
                    1,
                    client.getPrompt(GetPromptRequest.builder("ask_documents")
                                    .arguments(Map.of("question", "x"))
                                    .build())
                            .messages()
                            .size());
        }
    }

    @Test
    void overStdioTheAnswersAreTheSame() throws IOException {
        String read = message("resources/read", "{\"uri\":\"documents://no-such-document\"}");
        String input = initialize("2025-11-25") + "\n" + message("prompts/list", "{}") + "\n" + read + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.server()
                .stdio(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out)
                .run();
        List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, answers.size());
        assertTrue(answers.get(1).contains("ask_documents"));
        assertTrue(answers.get(2).contains("-32002"));
    }
}
