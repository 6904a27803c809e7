package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Client.Manner;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who is there, by how it speaks: the name that it gives, its user agent, its order of requests. Several clients of one maker
 * look alike on the wire; then all of them are named.
 *
 * @param clients the short names of the clients that it can be, the likeliest first; none for one that is not known
 * @param title its name for people
 * @param signs by what it was recognised
 */
public record Recognition(List<String> clients, String title, List<String> signs) {

    /** Nobody known, and nothing that tells who. */
    static final Recognition UNKNOWN = new Recognition(List.of(), "an unknown client", List.of());

    /** Libraries by the user agents that they send where nobody sets another. */
    private static final Map<String, String> LIBRARIES = libraries();

    private static Map<String, String> libraries() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("python-httpx", "a client on the Python SDK");
        names.put("java-http-client", "a client on the Java SDK");
        names.put("go-http-client", "a client written in Go");
        names.put("curl", "curl");
        names.put("mozilla", "a web browser");
        names.put("node", "a client on Node.js");
        names.put("undici", "a client on Node.js");
        names.put("bun", "a client on Bun");
        names.put("deno", "a client on Deno");
        return names;
    }

    /** Copies the lists. */
    public Recognition {
        clients = List.copyOf(clients);
        signs = List.copyOf(signs);
    }

    /** The clients of this machine's catalogue, read once: who looks often has no time to read. */
    static final class Gallery {
        private record Portrait(String name, String title, Manner manner) {}

        private final List<Portrait> portraits = new Catalogue()
                .clients().stream()
                        .map(client -> new Portrait(client.name(), client.title(), manner(client)))
                        .filter(portrait -> portrait.manner() != null)
                        .toList();

        private static Manner manner(Client client) {
            return client.reach(Client.Kind.ADDRESS).isPresent() ? client.manner() : null;
        }

        /** Whoever made these exchanges, which have their purposes. */
        Recognition recognise(List<Exchange> exchanges) {
            if (exchanges.isEmpty()) {
                return UNKNOWN;
            }
            Signs signs = new Signs(exchanges);
            int best = 0;
            List<Portrait> likely = new ArrayList<>();
            for (Portrait portrait : portraits) {
                int score = signs.likeness(portrait.manner());
                if (score > best) {
                    likely.clear();
                    best = score;
                }
                if (score == best && score > 0) {
                    likely.add(portrait);
                }
            }
            if (likely.isEmpty()) {
                return signs.unknown();
            }
            String title = likely.get(0).title();
            return new Recognition(likely.stream().map(Portrait::name).toList(), title, signs.told());
        }
    }

    /** What tells clients apart. */
    private static final class Signs {
        private static final int NAME = 8;
        private static final int AGENT = 4;

        private final String name;
        private final String version;
        private final String agent;
        private final boolean discovered;
        private final boolean listened;
        private final boolean carried;
        private final boolean fetches;

        private Signs(List<Exchange> exchanges) {
            Json info = exchanges.stream()
                    .map(exchange -> exchange.request().get("params"))
                    .map(params -> params.get("clientInfo").isPresent()
                            ? params.get("clientInfo")
                            : params.get("_meta").get("io.modelcontextprotocol/clientInfo"))
                    .filter(Json::isObject)
                    .findFirst()
                    .orElse(Json.MISSING);
            Exchange first = exchanges.get(0);
            this.name = info.get("name").text();
            this.version = info.get("version").text();
            this.agent = exchanges.stream()
                    .map(exchange -> header(exchange, "User-Agent"))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse("");
            this.discovered = exchanges.stream()
                    .anyMatch(exchange -> exchange.requestBody().contains("\"server/discover\""));
            this.listened =
                    exchanges.stream().anyMatch(exchange -> exchange.purpose().equals(Purpose.LISTEN));
            this.carried = !header(first, "Authorization").isEmpty();
            // What the fetch of Node.js adds to every request.
            this.fetches = header(first, "Sec-Fetch-Mode").equals("cors")
                    && header(first, "Origin").isEmpty();
        }

        private static String header(Exchange exchange, String name) {
            return Header.first(exchange.requestHeaders(), name).orElse("");
        }

        /** How much it looks like that client; 0 for not at all. */
        int likeness(Manner manner) {
            int score = 0;
            score += isNamed(manner) ? NAME : 0;
            boolean special = !LIBRARIES.containsKey(product(manner.userAgent()));
            score += special && product(agent).equals(product(manner.userAgent())) ? AGENT : 0;
            if (score == 0) {
                return 0;
            }
            score += discovered == manner.discovers() ? 1 : -1;
            score -= listened && manner.listens().equals("never") ? 2 : 0;
            score += carried == manner.carriesCredentials() && carried ? 1 : 0;
            return Math.max(score, 1);
        }

        private boolean isNamed(Manner manner) {
            // Some call themselves by the name of their package, with its scope.
            String lower = name.toLowerCase(Locale.ROOT).replaceFirst("^@[^/]+/", "");
            return name.equalsIgnoreCase(manner.clientName())
                    || manner.otherNames().contains(lower)
                    // A bridge puts its own name behind that of the client for which it speaks.
                    || lower.contains("(via " + manner.clientName().toLowerCase(Locale.ROOT) + " ");
        }

        Recognition unknown() {
            String product = product(agent);
            String library = LIBRARIES.entrySet().stream()
                    .filter(entry -> product.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            boolean sdk = fetches && library.endsWith("Node.js");
            String title = sdk ? "a client on the TypeScript SDK" : library;
            if (title.isEmpty() && name.isEmpty() && agent.isEmpty()) {
                return UNKNOWN;
            }
            return new Recognition(List.of(), title.isEmpty() ? UNKNOWN.title() : title, told());
        }

        List<String> told() {
            List<String> told = new ArrayList<>();
            if (!name.isEmpty()) {
                told.add("calls itself " + name + (version.isEmpty() ? "" : " " + version));
            }
            if (!agent.isEmpty()) {
                told.add("user agent " + agent);
            }
            if (discovered) {
                told.add("asks server/discover first");
            }
            return told;
        }

        private static String product(String agent) {
            String[] parts = agent.trim().toLowerCase(Locale.ROOT).split("[/ ]", 2);
            return parts[0];
        }
    }
}
