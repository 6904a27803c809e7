package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.stream.Stream;

/** How it shows that a server announces the modern revision and does not keep its rules. */
final class ModernRules {

    private static final String PREFIX = "io.modelcontextprotocol/";

    private ModernRules() {}

    /** Which rule of the revision an exchange breaks, by what was sent and what came back. */
    static List<String> broken(Exchange exchange) {
        Json sent = Facts.sent(exchange);
        Json meta = sent.get("params").get("_meta");
        String version = meta.get(PREFIX + "protocolVersion").text();
        if (version.isEmpty() || meta.get(PREFIX + "clientCapabilities").isMissing()) {
            return List.of();
        }
        boolean served = Facts.answer(exchange).get("result").isPresent();
        if (!Revision.isPublished(version)) {
            return served ? List.of("a revision that does not exist is served") : List.of();
        }
        boolean mirrored = exchange.isStdio()
                || says(exchange, "MCP-Protocol-Version", version)
                        && says(exchange, "Mcp-Method", sent.get("method").text());
        if (!mirrored) {
            return served
                    ? List.of("a header says otherwise than the body, or is missing, and it is served")
                    : List.of();
        }
        boolean lists = exchange.purpose().startsWith(Purpose.LIST_TOOLS) && version.equals(Revision.MODERN);
        return lists ? brokenList(exchange) : List.of();
    }

    private static boolean says(Exchange exchange, String header, String value) {
        return value.equals(Header.first(exchange.requestHeaders(), header)
                .map(String::strip)
                .orElse(""));
    }

    private static List<String> brokenList(Exchange exchange) {
        Json result = Facts.answer(exchange).get("result");
        if (result.isMissing()) {
            return exchange.status() >= 400 && exchange.status() < 500
                            || Facts.answer(exchange).get("error").isObject()
                    ? List.of("the newest revision is offered, and tools/list fails in it")
                    : List.of();
        }
        return Stream.of("resultType", "ttlMs", "cacheScope")
                .filter(member -> result.get(member).isMissing())
                .limit(1)
                .map(member -> "tools/list without " + member)
                .toList();
    }
}
