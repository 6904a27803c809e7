package dev.mcppreflight.server.resources;

import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The prompt {@code ask_documents} (server/prompts): a question that is answered from the documents, with sources. */
public final class DocumentPrompts implements Feature {

    /** The name of the prompt. */
    static final String NAME = "ask_documents";

    /** The name of its argument. */
    static final String QUESTION = "question";

    private static final String TITLE = "Ask the documents";
    private static final String DESCRIPTION = "Answers a question from the documents and cites them.";

    @Override
    public Set<String> methods() {
        return Set.of(McpSchema.METHOD_PROMPT_LIST, McpSchema.METHOD_PROMPT_GET);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("prompts", Map.of("listChanged", false));
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        return method.equals(McpSchema.METHOD_PROMPT_LIST) ? list(params) : get(params);
    }

    private static Prompts list(Map<?, ?> params) {
        Cursors.refuseAny(params);
        Argument question = new Argument(QUESTION, "What to find out, in French or English.", true);
        return new Prompts(List.of(new Prompt(NAME, TITLE, DESCRIPTION, List.of(question))));
    }

    private static Filled get(Map<?, ?> params) {
        if (!NAME.equals(params.get("name"))) {
            throw RpcException.invalidParams("unknown prompt, see prompts/list");
        }
        if (!(params.get("arguments") instanceof Map<?, ?> arguments)
                || !(arguments.get(QUESTION) instanceof String question)
                || question.isBlank()) {
            throw RpcException.invalidParams(NAME + " needs the argument " + QUESTION + ", a text");
        }
        String text = "Answer this question from the documents of this server, in the language of the question."
                + " Call search with its words, read what you need with fetch, and cite the url of each document that you"
                + " use. If the documents do not tell, say so.\n\nQuestion: "
                + question.strip();
        return new Filled(DESCRIPTION, List.of(new Message("user", new Text("text", text))));
    }

    private record Argument(String name, String description, boolean required) {}

    private record Prompt(String name, String title, String description, List<Argument> arguments) {}

    private record Prompts(List<Prompt> prompts) {}

    private record Text(String type, String text) {}

    private record Message(String role, Text content) {}

    private record Filled(String description, List<Message> messages) {}
}
