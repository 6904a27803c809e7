package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.embedding.EmbeddingException;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.LogLevel;
import dev.mcppreflight.server.protocol.RequestCancelled;
import dev.mcppreflight.server.protocol.RequestContext;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of this server, the same on every transport, always in the same order. */
public final class ToolRegistry {

    private final Logger log = LoggerFactory.getLogger(ToolRegistry.class);
    private final JsonCodec json;
    private final ToolGate gate;
    private final ToolObserver observer;
    private final Map<String, Offer> offers = new LinkedHashMap<>();

    /** Creates the tools over this store. */
    public ToolRegistry(DocumentStore store, Clock clock, JsonCodec json) {
        this(store, clock, json, ToolGate.OPEN, ToolObserver.NONE, null);
    }

    /**
     * Creates the tools over this store, with those that write if they may.
     *
     * @param gate decides whether they may be called
     * @param observer hears of their calls
     * @param writing what the tools that write and those over files may work with, or null for no such tools
     */
    public ToolRegistry(
            DocumentStore store,
            Clock clock,
            JsonCodec json,
            ToolGate gate,
            ToolObserver observer,
            WriteAccess writing) {
        this(store, null, clock, json, gate, observer, writing);
    }

    /**
     * Creates the tools over this store, with those that write if they may.
     *
     * @param model the model that the collection is embedded with, or null for searches by words only
     * @param gate decides whether they may be called
     * @param observer hears of their calls
     * @param writing what the tools that write and those over files may work with, or null for no such tools
     */
    public ToolRegistry(
            DocumentStore store,
            EmbeddingModel model,
            Clock clock,
            JsonCodec json,
            ToolGate gate,
            ToolObserver observer,
            WriteAccess writing) {
        this(tools(store, model, clock, writing), json, gate, observer);
    }

    ToolRegistry(List<DocumentTool> tools, JsonCodec json, ToolGate gate, ToolObserver observer) {
        this.json = json;
        this.gate = gate;
        this.observer = observer;
        for (DocumentTool tool : tools) {
            Tool description = read(tool.name());
            offers.put(tool.name(), new Offer(tool, description, new ArgumentSchema(description.inputSchema())));
        }
    }

    private static List<DocumentTool> tools(
            DocumentStore store, EmbeddingModel model, Clock clock, WriteAccess writing) {
        Retrieval retrieval = new Retrieval(store, model);
        List<DocumentTool> tools = new ArrayList<>(List.of(
                new Search(retrieval),
                new Fetch(store),
                new SearchDocuments(retrieval),
                new GetContextForRag(retrieval),
                new GetDatabaseStats(store, clock),
                new ListDocuments(store),
                new GetDocument(store)));
        if (writing != null) {
            FileRoot files = new FileRoot(writing.root());
            tools.addAll(List.of(
                    new UploadDocument(store, model, writing.chunker(), files, clock),
                    new DeleteDocument(store),
                    new ReadFile(files),
                    new WriteFile(files),
                    new ListFiles(files)));
        }
        return tools;
    }

    /** Tells whether there is a tool of this name, switched on or not; it has small letters and underscores only. */
    public static boolean knows(String name) {
        return ToolRegistry.class.getResource(name + ".json") != null;
    }

    /** Returns how the tools are described, in their order. */
    public List<Tool> descriptions() {
        return offers.values().stream().map(Offer::description).toList();
    }

    /** Tells whether this tool tells of its progress. */
    boolean reports(String name) {
        return offers.containsKey(name) && offers.get(name).tool().reports();
    }

    /** Returns the names of the tools in their order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(offers.keySet());
    }

    /** Returns how this tool is described, or nothing when there is none of that name. */
    public Optional<Tool> description(String name) {
        return Optional.ofNullable(offers.get(name)).map(Offer::description);
    }

    /**
     * Calls a tool for somebody who just waits.
     *
     * @param name the name of a tool of this registry
     * @param arguments the arguments as parsed JSON
     */
    public ToolOutcome call(String name, Map<String, Object> arguments) {
        return call(name, arguments, RequestContext.NONE);
    }

    /**
     * Calls a tool.
     *
     * @param name the name of a tool of this registry
     * @param arguments the arguments as parsed JSON
     * @param context where progress is told
     * @throws RequestCancelled when the client lost interest
     */
    public ToolOutcome call(String name, Map<String, Object> arguments, RequestContext context) {
        long start = System.nanoTime();
        long wait = gate.secondsToWait(name);
        ToolOutcome outcome = wait > 0 ? limited(wait) : outcome(offers.get(name), arguments, context);
        String code = outcome instanceof ToolOutcome.Failure failure ? failure.code() : "ok";
        long nanos = System.nanoTime() - start;
        observer.called(name, code, nanos);
        context.log(
                code.equals("ok") ? LogLevel.DEBUG : LogLevel.WARNING,
                name,
                "outcome " + code + " after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
        return outcome;
    }

    private static ToolOutcome limited(long seconds) {
        return new ToolFailure(
                        "rate_limited",
                        "Too many calls in a short time.",
                        "Wait " + seconds + " seconds, then call the tool again.")
                .outcome();
    }

    private Tool read(String name) {
        try (InputStream in = ToolRegistry.class.getResourceAsStream(name + ".json")) {
            return json.read(in.readAllBytes(), Tool.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ToolOutcome outcome(Offer offer, Map<String, Object> arguments, RequestContext context) {
        try {
            List<ToolOutcome.Fault> faults = offer.schema().faults(arguments);
            if (!faults.isEmpty()) {
                // Since 2025-11-25 an execution error, so that the model can correct itself (server/tools).
                return new ToolOutcome.Failure(
                        "invalid_arguments",
                        "Invalid arguments: "
                                + faults.stream().map(Object::toString).collect(Collectors.joining("; ")) + ".",
                        "Correct the arguments to fit the input schema of the tool and call it again.",
                        faults);
            }
            return new ToolOutcome.Success(offer.tool().call(new Arguments(arguments), context));
        } catch (ToolFailure e) {
            return e.outcome();
        } catch (RequestCancelled e) {
            throw e;
        } catch (StoreUnavailableException e) {
            // A database that is away fails every call: one line each is enough.
            log.warn("the store failed in {}: {}", offer.tool().name(), e.getMessage());
            log.debug("the store failed", e);
            return new ToolFailure(
                            "database_unavailable", "The document store cannot be reached.", "Try again in a minute.")
                    .outcome();
        } catch (SpaceMismatchException e) {
            return new ToolFailure(
                            "not_configured",
                            "The model does not fit: " + e.getMessage() + ".",
                            "Tell the operator to set EMBEDDING_MODEL, EMBEDDING_DIMENSIONS and OPENAI_API_KEY or"
                                    + " EMBEDDING_BASE_URL for the model of the collection.")
                    .outcome();
        } catch (EmbeddingException e) {
            log.error("the embedding model failed in {}", offer.tool().name(), e);
            return new ToolFailure(
                            "embeddings_unavailable",
                            "The embedding model cannot be reached.",
                            "Try again in a minute, or search with mode fulltext.")
                    .outcome();
        } catch (RuntimeException e) {
            log.error("{} failed", offer.tool().name(), e);
            return new ToolFailure(
                            "internal_error", "The tool failed.", "Try again; if it fails again, tell the operator.")
                    .outcome();
        }
    }

    /** A tool with what is known about it. */
    private record Offer(DocumentTool tool, Tool description, ArgumentSchema schema) {}
}
