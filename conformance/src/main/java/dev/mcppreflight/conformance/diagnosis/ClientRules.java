package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What ChatGPT, Claude and browsers want beyond the protocol. */
final class ClientRules {

    private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";
    private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Pattern WRITES = Pattern.compile("^(delete|remove|drop|destroy|erase|purge)[_-].*");

    /** Characters that no reader sees: Unicode tags, marks that turn the direction of text, and spaces without a width. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\x{E0000}-\\x{E007F}\u200B\u202A-\u202E\u2060-\u2064\u2066-\u2069]");

    /** What is written for programs, and long enough to hide an order in. */
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{200,}={0,2}");

    private static final int READ_AT_ONCE = 512;
    private static final int PREFIXED_NAME = 40;
    private static final int MANY_TOOLS = 40;
    private static final int LARGE_LIST = 100_000;

    private ClientRules() {}

    static List<Rule> all() {
        return List.of(
                rule("NET-008", it -> it.knock()
                                .first()
                                .when(it.isPublic()
                                        && it.address()
                                                .filter(address -> !address.isSecure())
                                                .isPresent()))
                        .provenBy(),
                rule("MCP-001", it -> it.findings()
                        .about(Sent.DISCOVER)
                        .whose(exchange -> isInconsistent(it, exchange))
                        .and(it.afterItsEnd()
                                .when(it.findings()
                                        .about(Sent.DISCOVER)
                                        .and(it.modern().sentFor(Purpose.DISCOVER + Purpose.BESIDE))
                                        .failedBy(Kind.CLOSED, Kind.RESET)
                                        .any()))),
                rule("SEC-002", it -> it.findings()
                        .by(Sent.LOCAL_PAGE)
                        .status(403)
                        .and(it.findings()
                                .sentFor(Sent.PREFLIGHT)
                                .status(403)
                                .unless(it.others()
                                        .by(Sent.LOCAL_PAGE)
                                        .statusBetween(200, 299)
                                        .any()))),
                // Who never meant to be called from web pages need not answer them.
                rule("SEC-004", it -> it.findings()
                        .sentFor(Sent.PREFLIGHT)
                        .whose(exchange -> servesPages(it) && !allows(exchange))),
                rule("SEC-005", it -> it.findings()
                        .sentFor(Sent.PREFLIGHT)
                        .statusBetween(200, 299)
                        .withHeader(ALLOWED_ORIGIN)
                        .noting(ClientRules::missingHeader)),
                rule("SEC-008", it -> it.signIn()
                                .sentFor(SignInRules.PAGES)
                                .status(200)
                                .header("Cross-Origin-Opener-Policy", "^same-origin\\s*(;.*)?$"))
                        .provenBy(),
                rule("SEC-006", it -> it.findings()
                        .by(Sent.LOCAL_PAGE)
                        .withHeader("Mcp-Session-Id")
                        .withHeader(ALLOWED_ORIGIN)
                        .whose(exchange -> !exposes(exchange))),
                rule("TOOL-014", it -> DiscoveryRules.firstPages(it).first().result(result -> !result.get("nextCursor")
                                .text()
                                .isEmpty()))
                        .provenBy("MCP-CLIENT-009"),
                rule(
                                "TOOL-003",
                                it -> it.tools(tool -> {
                                    int length = tool.get("name").text().length();
                                    return length > PREFIXED_NAME ? length + " characters" : "";
                                }))
                        .provenBy(),
                rule("TOOL-008", it -> it.tools(ClientRules::oddProperty)).provenBy(),
                rule("TOOL-011", it -> it.tools(ClientRules::contradiction)).provenBy("MCP-CLIENT-008"),
                rule(
                                "TOOL-010",
                                it -> it.tools(tool -> tool.get("annotations")
                                                .get("readOnlyHint")
                                                .isBoolean()
                                        ? ""
                                        : "no readOnlyHint"))
                        .provenBy("MCP-CLIENT-007"),
                rule("TOOL-009", it -> it.tools(descriptions())).provenBy("MCP-CLIENT-006"),
                rule("TOOL-015", it -> it.toolPages()
                                .first()
                                .when(it.tools(tool -> "listed").sights().size() > MANY_TOOLS
                                        || it.toolPages().stream()
                                                        .mapToInt(page -> Facts.answer(page)
                                                                .toString()
                                                                .length())
                                                        .sum()
                                                > LARGE_LIST))
                        .provenBy(),
                rule("TOOL-024", it -> DiscoveryRules.firstPages(it)
                                .unless(DiscoveryRules.firstPages(it).stream()
                                                .map(page -> Facts.answer(page)
                                                        .get("result")
                                                        .get("tools")
                                                        .toString())
                                                .distinct()
                                                .count()
                                        < 2))
                        .provenBy("MCP-CLIENT-013"),
                rule("TOOL-029", it -> it.tools(ClientRules::suspicion)).provenBy(),
                rule("MCP-021", it -> it.handshake().noting(ClientRules::longInstructions))
                        .provenBy(),
                rule(
                                "TOOL-028",
                                it -> it.tools(tool -> tool.get("title").isString()
                                                || tool.get("annotations")
                                                        .get("title")
                                                        .isString()
                                        ? ""
                                        : "no title"))
                        .provenBy());
    }

    /** What ChatGPT was seen to give up on: neither an answer of the newer era nor a clear refusal. */
    private static boolean isInconsistent(Case it, Exchange exchange) {
        Json answer = Facts.answer(exchange);
        if (exchange.isStdio() || exchange.status() == 401 || exchange.status() == 403) {
            return false;
        }
        boolean lost = exchange.failedBy(Kind.NO_ANSWER, Kind.UNFINISHED, Kind.CLOSED, Kind.RESET, Kind.TRUNCATED);
        boolean junk = exchange.status() / 100 == 2
                // Over HTTP+SSE, the answer comes on the stream.
                && !(exchange.status() == 202 && it.speaks("sse"))
                && !answer.get("error").isObject()
                && !answer.get("result").get("supportedVersions").isArray();
        return lost || exchange.status() >= 500 || junk;
    }

    /** Whether the server speaks to web pages at all; one that never does owes them nothing. */
    private static boolean servesPages(Case it) {
        return it.all().withHeader(ALLOWED_ORIGIN).any();
    }

    private static boolean allows(Exchange exchange) {
        return exchange.status() / 100 == 2 && exchange.header(ALLOWED_ORIGIN).isPresent();
    }

    private static List<String> missingHeader(Exchange exchange) {
        String allowed =
                exchange.header("Access-Control-Allow-Headers").orElse("").toLowerCase(java.util.Locale.ROOT);
        // The asterisk stands for every header but Authorization (Fetch standard, CORS-safelisting).
        return List.of("Authorization", "Content-Type", "Mcp-Session-Id", "MCP-Protocol-Version").stream()
                .filter(name -> !allowed.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .filter(name -> !allowed.equals("*") || name.equals("Authorization"))
                .limit(1)
                .map(name -> "Access-Control-Allow-Headers without " + name)
                .toList();
    }

    private static boolean exposes(Exchange exchange) {
        String exposed =
                exchange.header("Access-Control-Expose-Headers").orElse("").toLowerCase(java.util.Locale.ROOT);
        return exposed.equals("*") || exposed.contains("mcp-session-id");
    }

    private static String oddProperty(Json tool) {
        return SchemaParts.of(tool.get("inputSchema"), Json.MISSING)
                .flatMap(part -> part.schema().get("properties").names().stream())
                .filter(name -> !PROPERTY.matcher(name).matches())
                .findFirst()
                .map(name -> "the property '" + name + "'")
                .orElse("");
    }

    private static String contradiction(Json tool) {
        Json hints = tool.get("annotations");
        if (!hints.get("readOnlyHint").isTrue()) {
            return "";
        }
        return hints.get("destructiveHint").isTrue()
                ? "readOnlyHint and destructiveHint are both true"
                : WRITES.matcher(tool.get("name").text()).matches() ? "readOnlyHint on a name that says otherwise" : "";
    }

    /** Remembers the descriptions of one list, so that it is made anew for each. */
    private static Function<Json, String> descriptions() {
        Map<String, String> seen = new HashMap<>();
        return tool -> {
            String description = tool.get("description").text().strip();
            if (description.length() < 10) {
                return description.isEmpty() ? "no description" : "a description of a word or two";
            }
            String name = tool.get("name").text();
            String first = seen.putIfAbsent(description, name);
            return first == null || first.equals(name) ? "" : "the description of '" + first + "'";
        };
    }

    private static List<String> longInstructions(Exchange exchange) {
        int length =
                Facts.answer(exchange).get("result").get("instructions").text().length();
        return length > READ_AT_ONCE ? List.of("instructions of " + length + " characters") : List.of();
    }

    private static String suspicion(Json tool) {
        String text = tool.get("description").text();
        return HIDDEN.matcher(text).find()
                ? "hidden characters in the description"
                : ENCODED.matcher(text).find()
                        ? "encoded text in the description"
                        : text.matches("(?is).*ignore (all |any )?(previous|prior|other) instructions.*")
                                ? "a description that gives orders to the model"
                                : "";
    }
}
