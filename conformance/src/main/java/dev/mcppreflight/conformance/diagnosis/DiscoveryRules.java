package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The list of tools, read as the strictest host reads it. */
final class DiscoveryRules {

    private static final String HOST_NAME = "[a-zA-Z0-9_-]{1,64}";
    private static final int MANY_PAGES = 50;

    private DiscoveryRules() {}

    static List<Rule> all() {
        return List.of(
                rule("TOOL-032", it -> it.toolPages()
                        .whose(page -> !Facts.answer(page).get("result").isPresent())
                        // Who asks for a credential only now is no broken list.
                        .whose(page -> page.status() != 401)
                        .when(it.isBrokenAt("discovery"))),
                rule("TOOL-013", it -> it.toolPages()
                                .noting(page -> endlessCursor(it, page))
                                .and(it.toolPages().when(it.toolPages().sights().size() >= MANY_PAGES)))
                        .provenBy("MCP-PAGE-004", "MCP-TOOLS-006", "MCP-TOOLS-010", "MCP-CLIENT-009"),
                rule("TOOL-034", it -> it.toolPages()
                                .result(result -> !result.get("tools").isArray())
                                .noting(page -> List.of("result.tools is "
                                        + kind(Facts.answer(page).get("result").get("tools")))))
                        .provenBy("MCP-TOOLS-006", "MCP-CLIENT-010", "MCP-CLIENT-011", "MCP-CLIENT-012"),
                rule("TOOL-001", it -> it.toolPages()
                                .result(result -> result.get("tools").isArray()
                                        && result.get("tools").size() == 0)
                                .when(it.tools(tool -> "listed").none()))
                        .provenBy("MCP-CLIENT-010", "MCP-TOOLS-006"),
                rule("TOOL-004", it -> it.tools(DiscoveryRules::badRoot))
                        .provenBy("MCP-TOOLS-006", "MCP-TOOLS-007", "MCP-TOOLS-008", "MCP-TOOLS-009", "MCP-JSON-006"),
                rule("TOOL-033", it -> it.tools(DiscoveryRules::invalidSchema))
                        .provenBy("MCP-JSON-006", "MCP-JSON-001"),
                rule("TOOL-002", it -> it.tools(DiscoveryRules::badName))
                        .provenBy("MCP-CLIENT-002", "MCP-TOOLS-011", "MCP-TOOLS-012", "MCP-TOOLS-013"),
                rule("TOOL-012", it -> it.tools(duplicates())).provenBy("MCP-TOOLS-010"),
                rule("TOOL-005", it -> it.tools(DiscoveryRules::rootCombinator)).provenBy("MCP-CLIENT-003"),
                rule("TOOL-006", it -> it.tools(DiscoveryRules::vagueArray)).provenBy("MCP-CLIENT-004"),
                rule("TOOL-007", it -> it.tools(DiscoveryRules::reference))
                        .provenBy("MCP-CLIENT-005", "MCP-JSON-001", "MCP-JSON-006"),
                rule("TOOL-027", it -> it.others()
                                .sentFor(Purpose.VENDOR_LIST)
                                .result(result -> result.get("tools").isArray())
                                .noting(page -> othersThan(it, page)))
                        .provenBy());
    }

    /** Which tools are there for one client and not for the other. */
    private static List<String> othersThan(Case it, Exchange page) {
        Set<String> usual = new HashSet<>();
        it.toolPages().first().stream().forEach(first -> usual.addAll(names(first)));
        Set<String> other = new HashSet<>(names(page));
        if (usual.equals(other)) {
            return List.of();
        }
        return List.of("as "
                + page.requestHeaders().stream()
                        .filter(header -> header.name().equalsIgnoreCase("User-Agent"))
                        .map(header -> header.value())
                        .findFirst()
                        .orElse("another client")
                + " there are " + other.size() + " tools, otherwise " + usual.size());
    }

    private static List<String> names(Exchange page) {
        return Facts.answer(page).get("result").get("tools").items().stream()
                .map(tool -> tool.get("name").text())
                .toList();
    }

    private static List<String> endlessCursor(Case it, Exchange page) {
        Json cursor = Facts.answer(page).get("result").get("nextCursor");
        if (cursor.isString() && cursor.text().isEmpty()) {
            return List.of("nextCursor is empty");
        }
        if (cursor.isPresent() && !cursor.isString()) {
            return List.of("nextCursor is " + cursor.type());
        }
        long times = it.toolPages()
                .result(result -> cursor.isPresent() && result.get("nextCursor").equals(cursor))
                .sights()
                .size();
        return times > 1 ? List.of("nextCursor " + cursor + " again and again") : List.of();
    }

    private static String badRoot(Json tool) {
        Json schema = tool.get("inputSchema");
        if (!schema.isObject()) {
            return "inputSchema is " + (schema.isMissing() ? "missing" : schema.type());
        }
        Json type = schema.get("type");
        return type.text().equals("object") ? "" : "inputSchema.type is " + (type.isMissing() ? "missing" : type);
    }

    private static String kind(Json value) {
        return value.isMissing() ? "missing" : "of type " + value.type();
    }

    /** What the meta-schema forbids; a root that is no object schema is a matter of its own. */
    private static String invalidSchema(Json tool) {
        return Stream.of("inputSchema", "outputSchema")
                .filter(member -> tool.get(member).isObject())
                .filter(member -> member.equals("outputSchema") || badRoot(tool).isEmpty())
                .flatMap(member -> Schemas.problemOf(tool.get(member)).map(problem -> member + ": " + problem).stream())
                .findFirst()
                .orElse("");
    }

    private static String badName(Json tool) {
        String name = tool.get("name").text();
        return name.matches(HOST_NAME)
                ? ""
                : name.length() > 64 ? name.length() + " characters" : "a name outside ^" + HOST_NAME + "$";
    }

    /** Remembers the names of one list, so that it is made anew for each. */
    private static java.util.function.Function<Json, String> duplicates() {
        Map<String, String> seen = new HashMap<>();
        return tool -> {
            String name = tool.get("name").text();
            String first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            return first == null
                    ? ""
                    : first.equals(name) ? "the name is there twice" : "only case tells it from '" + first + "'";
        };
    }

    private static String rootCombinator(Json tool) {
        return Stream.of("anyOf", "oneOf", "allOf", "not", "enum")
                .filter(word -> tool.get("inputSchema").get(word).isPresent())
                .findFirst()
                .map(word -> word + " at the root of inputSchema")
                .orElse("");
    }

    private static String vagueArray(Json tool) {
        return SchemaParts.of(tool.get("inputSchema"), tool.get("outputSchema"))
                .filter(part -> mayBeArray(part.schema().get("type"))
                        && part.schema().get("items").isMissing()
                        && part.schema().get("prefixItems").isMissing())
                .findFirst()
                .map(part -> "an array without items at " + part.place())
                .orElse("");
    }

    private static boolean mayBeArray(Json type) {
        return type.text().equals("array")
                || type.items().stream().anyMatch(each -> each.text().equals("array"));
    }

    private static String reference(Json tool) {
        return Stream.of(tool.get("inputSchema"), tool.get("outputSchema"))
                .map(root -> SchemaParts.unresolved(root).or(() -> SchemaParts.oddDialect(root)))
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** The lists of tools that were asked for from the beginning. */
    static Exchanges firstPages(Case it) {
        return it.all()
                .sentFor(Purpose.LIST_TOOLS)
                .whose(page -> Facts.sent(page).get("params").get("cursor").isMissing())
                .result(result -> result.get("tools").isArray());
    }
}
