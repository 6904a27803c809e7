package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Redactor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what is secret in messages of others by the places where secrets stand, so that it is taken out wherever it stands
 * again. Safe for several threads.
 */
final class Secrets {

    private static final String MASK = "[redacted]";
    private static final int MOST = 2_000;
    private static final int SHORTEST = 6;

    private static final Pattern HEADERS = Pattern.compile(
            "authorization|cookie|.*(token|secret|passw|credential|signature|api-?key).*|.*-key|.*-auth(-.*)?");

    private static final Set<String> HARMLESS =
            Set.of("sec-websocket-key", "idempotency-key", "set-cookie", "www-authenticate", "mcp-session-id");

    private static final Pattern MEMBERS = Pattern.compile(
            "(?i)(.*[_-])?(token|secret|password|passwd|api_?key|authorization|assertion|code_verifier|credentials?)"
                    + "|(access|refresh|id|auth|bearer)token|clientsecret");

    private static final Pattern PARAMETERS = Pattern.compile("(?i)code|sig|signature|key|access_?key|auth|state|"
            + MEMBERS.pattern().substring(4));

    /** Names of tokens that are none: one counts progress, the others tell of a kind. */
    private static final Set<String> OPEN = Set.of("progress_token", "max_token", "page_token", "next_page_token");

    private final Redactor redactor;
    private final Set<String> known = new HashSet<>();

    Secrets(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Whether so many were found that no more are looked for: nothing more may be taken down. */
    synchronized boolean isFull() {
        return known.size() >= MOST;
    }

    /** Learns from the headers, and answers them fit to be taken down. */
    List<Header> headers(List<Header> headers) {
        return headers.stream().map(this::header).toList();
    }

    private Header header(Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (name.equals("set-cookie")) {
            cookie(header.value().split(";", 2)[0]);
            return header;
        }
        if (HARMLESS.contains(name) || !HEADERS.matcher(name).matches()) {
            return header;
        }
        if (name.equals("cookie")) {
            for (String cookie : header.value().split(";")) {
                cookie(cookie);
            }
            return header;
        }
        int space = header.value().indexOf(' ');
        learn(header.value().substring(space + 1).trim());
        learn(header.value());
        boolean schemed = name.endsWith("authorization") && space > 0;
        return new Header(header.name(), schemed ? header.value().substring(0, space + 1) + MASK : MASK);
    }

    private void cookie(String pair) {
        learn(pair.substring(pair.indexOf('=') + 1).trim());
    }

    /** Learns from the query of an address, and answers the address fit to be taken down. */
    String url(String url) {
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url;
        }
        return url.substring(0, mark + 1) + parameters(url.substring(mark + 1));
    }

    /** Learns from a body, and answers it fit to be taken down. */
    String body(String mediaType, String body) {
        if (mediaType.contains("form-urlencoded")) {
            return parameters(body);
        }
        message(Json.parseOrMissing(body));
        return body;
    }

    /** Learns from a message. */
    void message(Json message) {
        message.walk().filter(Json::isObject).forEach(part -> part.names().stream()
                .filter(name -> MEMBERS.matcher(name).matches() && !OPEN.contains(name.toLowerCase(Locale.ROOT)))
                .map(part::get)
                .filter(Json::isString)
                .forEach(value -> learn(value.text())));
    }

    private String parameters(String query) {
        StringBuilder clean = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            clean.append(clean.length() == 0 ? "" : "&");
            int equals = pair.indexOf('=');
            if (equals > 0
                    && PARAMETERS.matcher(decoded(pair.substring(0, equals))).matches()) {
                learn(pair.substring(equals + 1));
                learn(decoded(pair.substring(equals + 1)));
                clean.append(pair, 0, equals + 1).append(MASK);
            } else {
                clean.append(pair);
            }
        }
        return clean.toString();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private synchronized void learn(String secret) {
        if (secret.length() >= SHORTEST && known.size() < MOST && known.add(secret)) {
            redactor.learn(secret);
        }
    }
}
