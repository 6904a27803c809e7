package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.wire.Header;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/** What becomes of a request on its way, and what the client meant by it. */
final class Forwarding {

    private static final Set<String> REPLACED = Set.of("x-forwarded-for", "connection", "expect");

    private final WatchOptions options;
    private final Secrets secrets;

    Forwarding(WatchOptions options, Secrets secrets) {
        this.options = options;
        this.secrets = secrets;
    }

    /** The request as the client sees it: at the address that it was given, which a tunnel may have made another. */
    Overhearing.Asked asked(Matcher request, Head head, String body, Socket client) {
        List<Header> headers = head.headers();
        String scheme = first(headers, "X-Forwarded-Proto").equalsIgnoreCase("https") ? "https" : "http";
        String host = first(headers, "X-Forwarded-Host");
        host = host.isEmpty() ? first(headers, "Host") : host;
        host = host.isEmpty() ? "127.0.0.1:" + client.getLocalPort() : host;
        return new Overhearing.Asked(
                request.group(1),
                secrets.url(scheme + "://" + host + path(request.group(2))),
                secrets.headers(headers),
                secrets.body(first(headers, "Content-Type"), body),
                Header.first(headers, "Mcp-Session-Id").orElse(""),
                String.valueOf(client.getRemoteSocketAddress()));
    }

    private static String first(List<Header> headers, String name) {
        return Header.first(headers, name).orElse("").split(",", 2)[0].trim();
    }

    /** Whether the client wants the connection to end after the answer. */
    boolean isLast(String version, Head head) {
        return version.equals("HTTP/1.0") ? !head.says("Connection", "keep-alive") : head.says("Connection", "close");
    }

    /** The head as the server gets it. */
    byte[] head(Matcher request, Head head, Socket client) {
        URI upstream = options.upstream().url();
        List<String> lines = new ArrayList<>();
        boolean rewrites = options.host() == WatchOptions.HostPolicy.REWRITE;
        for (String line : head.passedOn()) {
            String name = Head.nameOf(line);
            if (name.equals("host") && rewrites) {
                lines.add("Host: " + upstream.getRawAuthority());
            } else if (!REPLACED.contains(name)) {
                lines.add(line);
            }
        }
        List<Header> headers = head.headers();
        List<String> before = Header.all(headers, "X-Forwarded-For");
        String peer = client.getInetAddress().getHostAddress();
        lines.add("X-Forwarded-For: " + (before.isEmpty() ? peer : String.join(", ", before) + ", " + peer));
        if (!head.has("X-Forwarded-Proto")) {
            lines.add("X-Forwarded-Proto: http");
        }
        if (!head.has("X-Forwarded-Host") && head.has("Host")) {
            lines.add("X-Forwarded-Host: " + Header.first(headers, "Host").orElse(""));
        }
        if (!options.pathPrefix().isEmpty()) {
            lines.add("X-Forwarded-Prefix: " + options.pathPrefix());
        }
        lines.add(isLast(request.group(3), head) ? "Connection: close" : "Connection: keep-alive");
        return Head.bytes(request.group(1) + " " + target(path(request.group(2))) + " " + request.group(3), lines);
    }

    private String target(String path) {
        String prefix = options.pathPrefix();
        boolean below = !prefix.isEmpty()
                && path.startsWith(prefix)
                && (path.length() == prefix.length() || "/?".indexOf(path.charAt(prefix.length())) >= 0);
        String rest = below ? path.substring(prefix.length()) : path;
        return rest.startsWith("/") || rest.equals("*") ? rest : "/" + rest;
    }

    /** The path of a target in origin form, or of one in absolute form (RFC 9112 section 3.2). */
    private static String path(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0 || target.startsWith("/")) {
            return target;
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }
}
