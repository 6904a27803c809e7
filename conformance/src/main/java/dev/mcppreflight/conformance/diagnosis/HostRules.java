package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What single hosts and bridges stumble over. */
final class HostRules {

    private static final String INSPECTORS =
            "(?i).*(zscaler|netskope|fortinet|fortigate|palo alto|blue ?coat|cisco umbrella"
                    + "|mcafee web|sophos|kaspersky|eset ssl|avast web|forcepoint|check point|barracuda|untangle|cato networks).*";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final List<String> PAGES =
            List.of("text/html+skybridge", "text/html;profile=mcp-app", "text/html; profile=mcp-app");
    private static final long SLOW_CALL = 2_000;
    private static final long TOO_SLOW = 20_000;

    private HostRules() {}

    static List<Rule> all() {
        return List.of(
                rule("MCPR-006", it -> it.knock()
                        .noting(exchange -> exchange.tls() == null
                                ? List.of()
                                : exchange.tls().chain().stream()
                                        .map(certificate -> certificate.issuer())
                                        .filter(issuer -> issuer.matches(INSPECTORS))
                                        .limit(1)
                                        .map(issuer -> "the certificate was issued by " + issuer)
                                        .toList())),
                rule("MCPR-003", it -> it.knock()
                                .method("POST")
                                .status(400)
                                .when(it.speaks("sse") && it.openStreams().any()))
                        .provenBy(),
                rule("SEC-007", it -> it.everything().noting(HostRules::corsProblem))
                        .provenBy(),
                rule("TOOL-026", it -> it.tools(HostRules::headerProblem)).provenBy(),
                rule(
                                "TOOL-031",
                                it -> it.others().sentFor(Purpose.READ_TEMPLATE).noting(HostRules::pageProblem))
                        .provenBy(),
                rule("PERF-007", it -> it.everything()
                                // No host has many processes of a command, each of which begins cold.
                                .whose(call -> !call.isStdio()
                                        && Facts.sent(call).get("method").text().equals("tools/call"))
                                .answer(Facts::isResponse)
                                .whose(call -> ResultRules.took(call) >= SLOW_CALL && ResultRules.took(call) < TOO_SLOW)
                                .noting(call -> List.of("one call took " + ResultRules.took(call)
                                        + " ms; five in a row take " + 5 * ResultRules.took(call) + " ms")))
                        .provenBy());
    }

    private static List<String> corsProblem(Exchange exchange) {
        List<String> origins = exchange.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Access-Control-Allow-Origin"))
                .map(header -> header.value())
                .toList();
        boolean credentials = exchange.header("Access-Control-Allow-Credentials")
                .filter(value -> value.equalsIgnoreCase("true"))
                .isPresent();
        return origins.size() > 1
                ? List.of("Access-Control-Allow-Origin " + origins.size() + " times")
                : credentials && origins.contains("*")
                        ? List.of("Access-Control-Allow-Origin: * with Access-Control-Allow-Credentials: true")
                        : List.of();
    }

    /** Names of headers are tokens, there once each, and on values that fit into a header (2026-07-28). */
    private static String headerProblem(Json tool) {
        Set<String> seen = new HashSet<>();
        Json properties = tool.get("inputSchema").get("properties");
        for (String name : properties.names()) {
            Json header = properties.get(name).get("x-mcp-header");
            if (header.isMissing()) {
                continue;
            }
            String type = properties.get(name).get("type").text();
            if (!header.isString() || !header.text().matches(TOKEN)) {
                return "x-mcp-header of " + name + " is " + header;
            }
            if (!seen.add(header.text().toLowerCase(Locale.ROOT))) {
                return "x-mcp-header " + header + " is there twice";
            }
            if (type.equals("object") || type.equals("array") || type.equals("null")) {
                return "x-mcp-header on " + name + ", which is of type " + type;
            }
        }
        return "";
    }

    private static List<String> pageProblem(Exchange exchange) {
        if (exchange.status() == 429) {
            return List.of();
        }
        Json contents = Facts.answer(exchange).get("result").get("contents");
        String uri = Facts.sent(exchange).get("params").get("uri").text();
        if (contents.size() == 0) {
            return List.of(uri + " cannot be read");
        }
        String type = contents.at(0).get("mimeType").text();
        return PAGES.contains(type.toLowerCase(Locale.ROOT)) ? List.of() : List.of(uri + " is of type '" + type + "'");
    }
}
