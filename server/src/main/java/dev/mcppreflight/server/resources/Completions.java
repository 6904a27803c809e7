package dev.mcppreflight.server.resources;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Summary;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Suggestions while a user types (server/utilities/completion): ids of documents, and beginnings of questions. */
public final class Completions implements Feature {

    private static final int MOST = 100;
    private static final List<String> QUESTIONS = List.of(
            "Combien de documents y a-t-il ?",
            "How many documents are there?",
            "Quel est le loyer de ",
            "What is the rent of ",
            "Quels travaux sont prévus à ",
            "Which works are planned in ");

    private final DocumentStore store;

    /** Creates the suggestions over this store. */
    public Completions(DocumentStore store) {
        this.store = store;
    }

    @Override
    public Set<String> methods() {
        return Set.of(McpSchema.METHOD_COMPLETION_COMPLETE);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("completions", Map.of());
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        if (!(params.get("ref") instanceof Map<?, ?> ref)
                || !(params.get("argument") instanceof Map<?, ?> argument)
                || !(argument.get("name") instanceof String name)
                || !(argument.get("value") instanceof String value)) {
            throw RpcException.invalidParams("completion/complete needs ref, and argument with name and value");
        }
        if ("ref/prompt".equals(ref.get("type")) && DocumentPrompts.NAME.equals(ref.get("name"))) {
            return result(name.equals(DocumentPrompts.QUESTION) ? questions(value) : List.of());
        }
        if ("ref/resource".equals(ref.get("type")) && DocumentResources.TEMPLATE.equals(ref.get("uri"))) {
            return result(name.equals("document_id") ? ids(value) : List.of());
        }
        throw RpcException.invalidParams("ref names no prompt and no template of this server");
    }

    private static List<String> questions(String typed) {
        String beginning = typed.toLowerCase(Locale.ROOT);
        return QUESTIONS.stream()
                .filter(q -> q.toLowerCase(Locale.ROOT).startsWith(beginning))
                .toList();
    }

    /** Ids come in their order, so those with the same beginning stand behind it one after the other. */
    private List<String> ids(String beginning) {
        List<String> ids = new ArrayList<>();
        try {
            if (!beginning.isEmpty()) {
                store.find(beginning).ifPresent(exact -> ids.add(exact.id()));
            }
            store.list(beginning, MOST + 1).stream()
                    .map(Summary::id)
                    .filter(id -> id.startsWith(beginning))
                    .forEach(ids::add);
        } catch (StoreUnavailableException e) {
            // No suggestion is no statement: typing goes on without.
            return List.of();
        }
        return ids;
    }

    private static Result result(List<String> values) {
        boolean more = values.size() > MOST;
        return new Result(new Completion(values.subList(0, Math.min(MOST, values.size())), more));
    }

    private record Completion(List<String> values, boolean hasMore) {}

    private record Result(Completion completion) {}
}
