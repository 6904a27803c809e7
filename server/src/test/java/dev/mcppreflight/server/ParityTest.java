package dev.mcppreflight.server;

import static dev.mcppreflight.server.Messages.call;
import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.app.ServerConfig;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The same questions get the same answers on stdio, HTTP+SSE and Streamable HTTP: lists, results of each tool, errors. */
@TestInstance(Lifecycle.PER_CLASS)
class ParityTest {

    private static final String NEWEST = "2025-11-25";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    /** Arguments by tool: every tool of the list has to be here. */
    private static final Map<String, String> ARGUMENTS = new TreeMap<>(Map.of(
            "search", "{\"query\":\"tortue\"}",
            "fetch", "{\"id\":\"no-such-document\"}",
            "search_documents", "{\"query\":\"loyer Lausanne\",\"limit\":20}",
            "get_context_for_rag", "{\"query\":\"toiture\"}",
            "get_database_stats", "{}",
            "list_documents", "{\"limit\":3}",
            "get_document", "{\"id\":\"no-such-document\"}"));

    private final TestServer server = TestServer.with(ServerConfig.local(), CLOCK);

    @AfterAll
    void stop() {
        server.close();
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (String method : List.of(
                "tools/list",
                "resources/list",
                "resources/templates/list",
                "prompts/list",
                "prompts/get",
                "resources/read",
                "completion/complete",
                "no/such/method",
                "ping")) {
            questions.add(request(questions.size() + 1, method));
        }
        ARGUMENTS.forEach((tool, arguments) -> questions.add(call(questions.size() + 1, tool, arguments)));
        questions.add(call(questions.size() + 1, "no_such_tool", "{}"));
        questions.add(call(questions.size() + 1, "search", "{\"query\":7}"));
        return questions;
    }

    @Test
    void everyTransportAnswersTheSame() throws IOException, InterruptedException {
        Map<Integer, Object> streamable = byId(overStreamableHttp());
        assertEquals(questions().size(), streamable.size());
        assertEquals(streamable, byId(overSse()));
        assertEquals(streamable, byId(overStdio()));
    }

    @Test
    void everyToolIsAsked() {
        List<String> names = JsonPath.from(overStreamableHttp().get(0)).getList("result.tools.name");
        assertTrue(ARGUMENTS.keySet().containsAll(names), names::toString);
        assertEquals(ARGUMENTS.size(), names.size());
    }

    private static Map<Integer, Object> byId(List<String> answers) {
        Map<Integer, Object> byId = new TreeMap<>();
        for (String answer : answers) {
            JsonPath json = JsonPath.from(answer);
            assertNotNull(json.get("id"), answer);
            byId.put(json.getInt("id"), json.get("$"));
        }
        return byId;
    }

    private List<String> overStreamableHttp() {
        String session = server.session(NEWEST);
        return questions().stream()
                .map(question -> server.json(session, question).post("/mcp").asString())
                .toList();
    }

    private List<String> overSse() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        // Not a raw stream: a long answer comes in several chunks.
        HttpResponse<Stream<String>> stream = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url() + "/sse")).build(), BodyHandlers.ofLines());
        try (Stream<String> body = stream.body()) {
            Iterator<String> data = body.filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .iterator();
            String address = data.next();
            server.json(initialize(NEWEST)).post(address).then().statusCode(202);
            data.next();
            for (String question : questions()) {
                server.json(question).post(address).then().statusCode(202);
                answers.add(data.next());
            }
        }
        return answers;
    }

    private List<String> overStdio() throws IOException {
        String input = initialize(NEWEST) + "\n" + String.join("\n", questions()) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.server()
                .stdio(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out)
                .run();
        List<String> lines =
                new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
        lines.removeIf(line -> line.contains("\"id\":0,"));
        return lines;
    }
}
