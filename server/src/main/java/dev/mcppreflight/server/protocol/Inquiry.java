package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something to ask the client.
 *
 * @param name a name, unique within the request in the course of which it is asked
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params its parameters
 */
public record Inquiry(String name, String method, Map<String, ?> params) {

    private static final String ELICITATION = "elicitation/create";
    private static final String FORM = "form";
    private static final String SAMPLING = "sampling/createMessage";
    private static final String ROOTS = "roots/list";
    private static final Set<String> ACTIONS = Set.of("accept", "decline", "cancel");

    /** Returns the inquiry that has a user fill in a form. */
    public static Inquiry elicitation(String name, String message, Map<String, ?> form) {
        return new Inquiry(name, ELICITATION, Map.of("message", message, "requestedSchema", form));
    }

    /** Returns the inquiry that has a model continue a conversation. */
    public static Inquiry sampling(String name, Object content, int maxTokens) {
        return new Inquiry(
                name,
                SAMPLING,
                Map.of("messages", List.of(Map.of("role", "user", "content", content)), "maxTokens", maxTokens));
    }

    /** Returns the inquiry for the folders that the client works on. */
    public static Inquiry roots(String name) {
        return new Inquiry(name, ROOTS, Map.of());
    }

    /** Returns the capability that a client has to declare to be asked this. */
    public String capability() {
        return method.substring(0, method.indexOf('/'));
    }

    /** Returns what that capability has to hold at least. */
    public Map<String, Object> needs() {
        return method.equals(ELICITATION) ? Map.of(FORM, Map.of()) : Map.of();
    }

    /** Tells whether a client that declares this for the capability can be asked; one that says nothing of forms has them. */
    boolean isMetBy(Object declared) {
        return declared instanceof Map<?, ?> members
                && (!method.equals(ELICITATION) || members.isEmpty() || members.get(FORM) instanceof Map);
    }

    /** Tells whether this is an answer to it. */
    public boolean isAnsweredBy(Map<?, ?> answer) {
        return switch (method) {
            case ELICITATION ->
                answer.get("action") instanceof String action
                        && ACTIONS.contains(action)
                        && (!action.equals("accept") || isFilledIn(answer.get("content")));
            case SAMPLING -> answer.get("role") instanceof String && answer.containsKey("content");
            default -> answer.get("roots") instanceof List;
        };
    }

    private boolean isFilledIn(Object content) {
        return content instanceof Map<?, ?> fields
                && params.get("requestedSchema") instanceof Map<?, ?> form
                && (!(form.get("required") instanceof List<?> required)
                        || fields.keySet().containsAll(required));
    }
}
