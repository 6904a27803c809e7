package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What content items must look like (2025-11-25 server/tools#tool-result, server/resources, server/prompts). */
final class ContentRules {

    private static final Set<String> TYPES = Set.of("text", "image", "audio", "resource", "resource_link");

    private ContentRules() {}

    /** The first problem of an array of content items. */
    static Optional<String> items(Json content) {
        return content.items().stream().flatMap(item -> item(item).stream()).findFirst();
    }

    private static Optional<String> item(Json item) {
        String type = item.get("type").text();
        if (!TYPES.contains(type)) {
            return Optional.of("an item of type '" + type + "'");
        }
        return switch (type) {
            case "text" -> member(item, "text");
            case "image", "audio" ->
                member(item, "data")
                        .or(() -> member(item, "mimeType"))
                        .or(() -> item.get("data").text().startsWith("data:")
                                ? Optional.of("an " + type + " whose data is a data: URI")
                                : Optional.empty());
            case "resource_link" -> member(item, "uri").or(() -> member(item, "name"));
            default -> resource(item.get("resource"));
        };
    }

    private static Optional<String> resource(Json resource) {
        return member(resource, "uri")
                .or(() ->
                        resource.get("text").isString() || resource.get("blob").isString()
                                ? Optional.empty()
                                : Optional.of("a resource without text and blob"));
    }

    private static Optional<String> member(Json item, String name) {
        return item.get(name).isString()
                ? Optional.empty()
                : Optional.of("an item of type '" + item.get("type").text() + "' without " + name);
    }

    /** Contents of resources/read. */
    static Optional<String> contents(Reply reply) {
        Json contents = reply.result().get("contents");
        if (!contents.isArray()) {
            return Optional.of(reply.observed());
        }
        return contents.items().stream()
                .flatMap(item -> resource(item).stream())
                .findFirst();
    }

    /** Blobs of resources/read. */
    static Optional<String> blobs(Reply reply) {
        return reply.result().get("contents").items().stream()
                .map(item -> item.get("blob"))
                .filter(Json::isString)
                .filter(blob -> !isBase64(blob.text()))
                .findFirst()
                .map(blob -> "a blob that is not base64");
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getMimeDecoder().decode(text);
            return text.chars()
                    .allMatch(c -> c == '=' || c == '+' || c == '/' || Character.isLetterOrDigit(c) || c < 33);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Messages of prompts/get. */
    static Optional<String> promptMessages(Reply reply) {
        Json messages = reply.result().get("messages");
        if (!messages.isArray()) {
            return Optional.of(reply.observed());
        }
        for (Json message : messages.items()) {
            String role = message.get("role").text();
            if (!role.equals("user") && !role.equals("assistant")) {
                return Optional.of("a message of the role '" + role + "'");
            }
            if (!message.get("content").isObject()) {
                return Optional.of(
                        "a message whose content is " + message.get("content").type());
            }
            Optional<String> problem = item(message.get("content"));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Annotations of the items of a tool result. */
    static Optional<String> annotations(Reply reply) {
        return reply.result().get("content").items().stream()
                .map(item -> item.get("annotations"))
                .filter(Json::isPresent)
                .flatMap(annotations -> annotation(annotations).stream())
                .findFirst();
    }

    private static Optional<String> annotation(Json annotations) {
        List<String> audience =
                annotations.get("audience").items().stream().map(Json::text).toList();
        if (!List.of("user", "assistant").containsAll(audience)) {
            return Optional.of("the audience " + annotations.get("audience"));
        }
        Json priority = annotations.get("priority");
        if (priority.isPresent()) {
            double value = Double.parseDouble(priority.isNumber() ? priority.toString() : "-1");
            if (value < 0 || value > 1) {
                return Optional.of("the priority " + priority);
            }
        }
        return Stream.of(annotations.get("lastModified"))
                .filter(Json::isPresent)
                .filter(date -> !date.text().matches("\\d{4}-\\d{2}-\\d{2}(T.*)?"))
                .findFirst()
                .map(date -> "lastModified " + date);
    }
}
