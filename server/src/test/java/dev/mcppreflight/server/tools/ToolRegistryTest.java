package dev.mcppreflight.server.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Summary;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools promise and what they keep, judged by a general JSON Schema validator. */
@TestInstance(Lifecycle.PER_CLASS)
class ToolRegistryTest {

    private final JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
    private final JsonSchemaValidator judge = McpJsonDefaults.getSchemaValidator();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private final DocumentStore store = new LuceneDocumentStore(new BundledCorpus().read());
    private final ToolRegistry registry = new ToolRegistry(store, clock, json);

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void everyToolIsDescribedForModelsAndHosts() {
        assertEquals(
                List.of(
                        "search",
                        "fetch",
                        "search_documents",
                        "get_context_for_rag",
                        "get_database_stats",
                        "list_documents",
                        "get_document"),
                List.copyOf(registry.names()));
        for (Tool tool : registry.descriptions()) {
            assertTrue(tool.description().startsWith("Use this "), tool.name());
            assertFalse(tool.title().isBlank(), tool.name());
            assertEquals(true, tool.annotations().readOnlyHint(), tool.name());
            assertEquals(false, tool.annotations().destructiveHint(), tool.name());
            assertEquals(true, tool.annotations().idempotentHint(), tool.name());
            assertEquals(false, tool.annotations().openWorldHint(), tool.name());
            assertTrue(tool.name().matches("[A-Za-z0-9_-]{1,64}"), tool.name());
            for (Map<String, Object> schema : List.of(tool.inputSchema(), tool.outputSchema())) {
                assertEquals("object", schema.get("type"), tool.name());
                assertEquals("https://json-schema.org/draft/2020-12/schema", schema.get("$schema"));
                judge.assertConforms(tool.name(), schema);
                lint(tool.name(), schema);
            }
            assertEquals(false, tool.inputSchema().get("additionalProperties"), tool.name());
        }
    }

    /** Every property is described, every array says what it holds. */
    private static void lint(String where, Map<?, ?> schema) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                Map<?, ?> child = (Map<?, ?>) property;
                assertTrue(child.containsKey("description"), () -> where + "." + name + " has no description");
                lint(where + "." + name, child);
            });
        }
        if ("array".equals(schema.get("type"))) {
            lint(where + "[]", (Map<?, ?>) schema.get("items"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search | {\"query\":\"Aigle\"}",
                "search | {\"query\":\"zzyzx\"}",
                "fetch | {\"id\":\"FIRST\"}",
                "search_documents | {\"query\":\"chaudière\",\"limit\":50,\"threshold\":0}",
                "search_documents | {\"query\":\"lease\",\"language\":\"en\",\"category\":\"lease\"}",
                "search_documents | {\"query\":\"lease\",\"mode\":\"semantic\",\"tags\":[\"none\"]}",
                "get_context_for_rag | {\"query\":\"toiture\",\"max_chars\":500}",
                "get_context_for_rag | {\"query\":\"zzyzx\"}",
                "get_database_stats | {}",
                "list_documents | {}",
                "list_documents | {\"limit\":100}",
                "get_document | {\"id\":\"FIRST\",\"offset\":100,\"length\":50}",
                "get_document | {\"id\":\"FIRST\",\"offset\":10000000}",
            })
    void resultsFitTheirSchemaAndTheirText(String name, String arguments) {
        String first = store.list("", 1).get(0).id();
        CallToolResult result = call(name, arguments.replace("FIRST", first));
        assertEquals(false, result.isError());
        Tool tool = registry.description(name).orElseThrow();
        var verdict = judge.validate(tool.outputSchema(), result.structuredContent());
        assertTrue(verdict.valid(), verdict::errorMessage);
        assertEquals(1, result.content().size());
        assertEquals(
                json.parse(json.write(result.structuredContent())),
                json.parse(text(result).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search | {}",
                "search | {\"query\":null}",
                "search | {\"query\":\"\"}",
                "search | {\"query\":\"   \"}",
                "search | {\"query\":7}",
                "search | {\"query\":[\"a\"]}",
                "search | {\"query\":\"ok\"}",
                "search | {\"query\":\"ok\",\"extra\":1}",
                "search_documents | {\"query\":\"a\",\"limit\":0}",
                "search_documents | {\"query\":\"a\",\"limit\":51}",
                "search_documents | {\"query\":\"a\",\"limit\":50}",
                "search_documents | {\"query\":\"a\",\"limit\":2.5}",
                "search_documents | {\"query\":\"a\",\"limit\":5.0}",
                "search_documents | {\"query\":\"a\",\"limit\":\"5\"}",
                "search_documents | {\"query\":\"a\",\"threshold\":1.01}",
                "search_documents | {\"query\":\"a\",\"threshold\":1}",
                "search_documents | {\"query\":\"a\",\"threshold\":true}",
                "search_documents | {\"query\":\"a\",\"language\":\"de\"}",
                "search_documents | {\"query\":\"a\",\"language\":\"fr\"}",
                "search_documents | {\"query\":\"a\",\"tags\":\"b\"}",
                "search_documents | {\"query\":\"a\",\"tags\":[7]}",
                "search_documents | {\"query\":\"a\",\"tags\":[\"b\"]}",
                "search_documents | {\"query\":\"a\",\"created_after\":\"yesterday\"}",
                "search_documents | {\"query\":\"a\",\"created_after\":\"2024-01-01\"}",
                "get_database_stats | {}",
                "get_database_stats | {\"kwargs\":{}}",
                "list_documents | {\"limit\":101}",
                "list_documents | {\"cursor\":\"\"}",
                "get_document | {\"id\":\"x\",\"offset\":-1}",
                "get_document | {\"id\":\"x\",\"length\":50001}",
                "get_document | {\"id\":\"x\",\"length\":99999999999999999999}",
            })
    void argumentsAreJudgedAsAGeneralValidatorDoes(String name, String arguments) {
        Map<String, Object> schema = registry.description(name).orElseThrow().inputSchema();
        Map<String, Object> values = json.toObject(json.parse(arguments.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                judge.validate(schema, values).valid(),
                new ArgumentSchema(schema).faults(values).isEmpty(),
                arguments);
    }

    @Test
    void failuresHelpTheModel() {
        assertFailure("invalid_arguments", call("search", "{}"));
        assertFailure("document_not_found", call("fetch", "{\"id\":\"no-such\"}"));
        assertFailure("document_not_found", call("get_document", "{\"id\":\"no-such\"}"));
        assertFailure("invalid_cursor", call("list_documents", "{\"cursor\":\"%%%\"}"));
        assertFailure("invalid_cursor", call("list_documents", "{\"cursor\":\"bm9wZQ\"}"));
    }

    @Test
    void aStoreThatIsDownIsNotAnEmptyOne() {
        ToolRegistry broken = new ToolRegistry(new UnavailableStore(), clock, json);
        ToolMethods methods = new ToolMethods(broken, json);
        for (Tool tool : broken.descriptions()) {
            Map<String, Object> arguments = tool.name().matches(".*(search|context).*")
                    ? Map.of("query", "x")
                    : tool.inputSchema().containsKey("required") ? Map.of("id", "x") : Map.of();
            assertFailure("database_unavailable", call(methods, tool.name(), arguments));
        }
    }

    @Test
    void pagesCoverTheCollection() {
        Set<Object> ids = new LinkedHashSet<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            String arguments = cursor == null ? "{\"limit\":60}" : "{\"limit\":60,\"cursor\":\"" + cursor + "\"}";
            Map<?, ?> page = (Map<?, ?>) call("list_documents", arguments).structuredContent();
            List<?> documents = (List<?>) page.get("documents");
            documents.forEach(d -> ids.add(((Map<?, ?>) d).get("id")));
            sizes.add(documents.size());
            cursor = (String) page.get("next_cursor");
        } while (cursor != null);
        assertEquals(184, ids.size());
        assertEquals(List.of(60, 60, 60, 4), sizes);
    }

    @Test
    void searchLeadsToFetch() {
        Map<?, ?> found = (Map<?, ?>)
                call("search", "{\"query\":\"lighthouse keeper letters\"}").structuredContent();
        Map<?, ?> first = (Map<?, ?>) ((List<?>) found.get("results")).get(0);
        assertEquals(Set.of("id", "title", "url"), first.keySet());
        Map<?, ?> document = (Map<?, ?>)
                call("fetch", "{\"id\":\"" + first.get("id") + "\"}").structuredContent();
        assertEquals(first.get("url"), document.get("url"));
        assertTrue(((String) document.get("text")).contains("lighthouse keeper"));
    }

    @Test
    void statisticsAreTrue() {
        Map<?, ?> figures = (Map<?, ?>) call("get_database_stats", "{}").structuredContent();
        assertEquals(184, figures.get("total_documents"));
        assertEquals("2026-11-23T12:00:00Z", figures.get("timestamp"));
        assertEquals("embedded-lucene", figures.get("store"));
        assertEquals(figures.get("total_chunks"), figures.get("chunks_without_embedding"));
    }

    private void assertFailure(String code, CallToolResult result) {
        assertEquals(true, result.isError());
        assertNull(result.structuredContent());
        Map<?, ?> report = (Map<?, ?>) json.parse(text(result).getBytes(StandardCharsets.UTF_8));
        assertEquals(code, report.get("code"));
        assertFalse(((String) report.get("message")).isBlank());
        assertFalse(((String) report.get("hint")).isBlank());
    }

    private CallToolResult call(String name, String arguments) {
        Map<String, Object> values = json.toObject(json.parse(arguments.getBytes(StandardCharsets.UTF_8)));
        return call(new ToolMethods(registry, json), name, values);
    }

    private CallToolResult call(ToolMethods methods, String name, Map<String, Object> arguments) {
        Object result = methods.answer("tools/call", Map.of("name", name, "arguments", arguments), RequestContext.NONE);
        return json.read(json.write(result), CallToolResult.class);
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    /** A store whose database is away. */
    private static final class UnavailableStore implements DocumentStore {

        private static StoreUnavailableException away() {
            return new StoreUnavailableException("away", null);
        }

        @Override
        public Saved save(IndexedDocument document) {
            throw away();
        }

        @Override
        public boolean delete(String id) {
            throw away();
        }

        @Override
        public Optional<Stored> stored(String id) {
            throw away();
        }

        @Override
        public Optional<EmbeddingSpace> space() {
            throw away();
        }

        @Override
        public List<Hit> search(SearchQuery query) {
            throw away();
        }

        @Override
        public Optional<Document> find(String id) {
            throw away();
        }

        @Override
        public List<Summary> list(String afterId, int limit) {
            throw away();
        }

        @Override
        public Statistics statistics() {
            throw away();
        }

        @Override
        public List<Missing> missing() {
            throw away();
        }

        @Override
        public String name() {
            return "away";
        }

        @Override
        public void close() {}
    }
}
