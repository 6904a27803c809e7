package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.protocol.JsonCodec;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of this server, the same on every transport, always in the same order. */
public final class ToolRegistry {

    private final Logger log = LoggerFactory.getLogger(ToolRegistry.class);
    private final JsonCodec json;
    private final List<SyncToolSpecification> specifications;

    /** Creates the tools over this store. */
    public ToolRegistry(DocumentStore store, Clock clock, JsonCodec json) {
        this.json = json;
        List<DocumentTool> tools = List.of(
                new Search(store),
                new Fetch(store),
                new SearchDocuments(store),
                new GetDatabaseStats(store, clock),
                new ListDocuments(store),
                new GetDocument(store));
        this.specifications = tools.stream().map(this::specification).toList();
    }

    /** Returns the tools as the SDK's server takes them. */
    public List<SyncToolSpecification> specifications() {
        return specifications;
    }

    /** Returns the names of the tools in their order. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        specifications.forEach(s -> names.add(s.tool().name()));
        return names;
    }

    private SyncToolSpecification specification(DocumentTool tool) {
        Tool description = description(tool.name());
        ArgumentSchema schema = new ArgumentSchema(description.inputSchema());
        return SyncToolSpecification.builder()
                .tool(description)
                .callHandler((exchange, request) -> call(tool, schema, request))
                .build();
    }

    private Tool description(String name) {
        try (InputStream in = ToolRegistry.class.getResourceAsStream(name + ".json")) {
            return json.read(in.readAllBytes(), Tool.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CallToolResult call(DocumentTool tool, ArgumentSchema schema, CallToolRequest request) {
        try {
            Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
            List<String> faults = schema.faults(arguments);
            if (!faults.isEmpty()) {
                // Since 2025-11-25 an execution error, so that the model can correct itself (server/tools).
                throw new ToolFailure(
                        "invalid_arguments",
                        "Invalid arguments: " + String.join("; ", faults) + ".",
                        "Correct the arguments to fit the input schema of the tool and call it again.");
            }
            return success(tool.call(new Arguments(arguments)));
        } catch (ToolFailure e) {
            return failure(e);
        } catch (StoreUnavailableException e) {
            log.error("the store failed in {}", tool.name(), e);
            return failure(new ToolFailure(
                    "database_unavailable", "The document store cannot be reached.", "Try again in a minute."));
        } catch (RuntimeException e) {
            log.error("{} failed", tool.name(), e);
            return failure(new ToolFailure(
                    "internal_error", "The tool failed.", "Try again; if it fails again, tell the operator."));
        }
    }

    private CallToolResult success(Object result) {
        Map<String, Object> structured = json.toObject(result);
        return CallToolResult.builder()
                .structuredContent(structured)
                .addTextContent(json.writeText(structured))
                .isError(false)
                .build();
    }

    private CallToolResult failure(ToolFailure failure) {
        return CallToolResult.builder()
                .addTextContent(json.writeText(failure.report()))
                .isError(true)
                .build();
    }
}
