package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The schemas inside a JSON Schema; examples, defaults and constants are data and not looked into. */
final class SchemaParts {

    private static final List<String> NAMED =
            List.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
    private static final List<String> LISTED = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> SINGLE = List.of(
            "items",
            "additionalProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contains",
            "propertyNames",
            "not",
            "if",
            "then",
            "else");

    private SchemaParts() {}

    /** A schema and where it stands. */
    record Part(Json schema, String place) {}

    /** The schemas themselves and all inside them, outermost first. */
    static Stream<Part> of(Json inputSchema, Json outputSchema) {
        return Stream.concat(walk(new Part(inputSchema, "inputSchema")), walk(new Part(outputSchema, "outputSchema")));
    }

    private static Stream<Part> walk(Part part) {
        return part.schema().isObject()
                ? Stream.concat(Stream.of(part), inside(part).flatMap(SchemaParts::walk))
                : Stream.empty();
    }

    private static Stream<Part> inside(Part part) {
        Stream<Part> named = NAMED.stream().flatMap(keyword -> part.schema().get(keyword).names().stream()
                .map(name ->
                        new Part(part.schema().get(keyword).get(name), part.place() + "." + keyword + "." + name)));
        Stream<Part> listed = LISTED.stream().flatMap(keyword -> IntStream.range(
                        0, part.schema().get(keyword).size())
                .mapToObj(i -> new Part(part.schema().get(keyword).at(i), part.place() + "." + keyword + "." + i)));
        Stream<Part> single =
                SINGLE.stream().map(keyword -> new Part(part.schema().get(keyword), part.place() + "." + keyword));
        return Stream.of(named, listed, single).flatMap(parts -> parts);
    }

    /** A reference that leads out of the document or to nothing. */
    static Optional<String> unresolved(Json root) {
        return of(root, Json.MISSING)
                .map(part -> part.schema().get("$ref").text())
                .filter(reference -> !reference.isEmpty() && !resolves(root, reference))
                .findFirst()
                .map(reference -> "the reference " + reference);
    }

    /** A dialect that hosts do not know. */
    static Optional<String> oddDialect(Json root) {
        String dialect = root.get("$schema").text();
        return dialect.isEmpty() || dialect.contains("2020-12") || dialect.contains("draft-07")
                ? Optional.empty()
                : Optional.of("the dialect " + dialect);
    }

    private static boolean resolves(Json root, String reference) {
        int hash = reference.indexOf('#');
        String document = hash < 0 ? reference : reference.substring(0, hash);
        if (!document.isEmpty()) {
            return of(root, Json.MISSING)
                    .anyMatch(part -> part.schema().get("$id").text().equals(document));
        }
        String pointer = reference.substring(hash + 1);
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            return of(root, Json.MISSING)
                    .anyMatch(part -> part.schema().get("$anchor").text().equals(pointer)
                            || part.schema().get("$id").text().equals("#" + pointer));
        }
        Json place = root;
        for (String step : pointer.split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~").replace("%24", "$");
                place = place.isArray() && name.matches("\\d{1,6}")
                        ? place.at(Integer.parseInt(name))
                        : place.get(name);
            }
        }
        return place.isPresent();
    }
}
