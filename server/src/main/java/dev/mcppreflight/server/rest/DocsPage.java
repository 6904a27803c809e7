package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The documentation of the REST API for people: one page without script and without anything from elsewhere. */
final class DocsPage {

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
            code,pre{font:14px/1.4 ui-monospace,monospace}
            pre{overflow:auto;padding:.75rem;border:1px solid #ccc;border-radius:4px}
            h2 code{padding:.1rem .4rem;border:1px solid;border-radius:4px}
            @media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}pre{border-color:#444}}
            """;

    /** Nothing is loaded, run, framed or sent from this page, except for exactly this style. */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private DocsPage() {}

    /** Returns the page for this description. */
    static Answer of(Map<String, Object> api, JsonCodec json) {
        Map<?, ?> info = (Map<?, ?>) api.get("info");
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        page.append(escape(info.get("title"))).append("</title><style>").append(STYLE);
        page.append("</style></head>\n<body><h1>").append(escape(info.get("title")));
        Object server = ((Map<?, ?>) ((List<?>) api.get("servers")).get(0)).get("url");
        page.append("</h1>\n<p>REST API, version ")
                .append(escape(info.get("version")))
                .append(", at <code>");
        page.append(escape(server)).append("</code>. For programs: <a href=\"openapi.json\">openapi.json</a>.</p>\n");
        ((Map<?, ?>) api.get("paths")).forEach((path, methods) -> ((Map<?, ?>) methods)
                .forEach((method, operation) -> operation(page, path, method, (Map<?, ?>) operation, json)));
        page.append("<h2>Schemas</h2>\n");
        ((Map<?, ?>) ((Map<?, ?>) api.get("components")).get("schemas")).forEach((name, schema) -> page.append("<h3>")
                .append(escape(name))
                .append("</h3>\n")
                .append(code(json.writeText(schema))));
        byte[] body = page.append("</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
        return new Answer(200, "text/html; charset=utf-8", body, Map.of())
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }

    private static void operation(StringBuilder page, Object path, Object method, Map<?, ?> operation, JsonCodec json) {
        page.append("<h2><code>")
                .append(escape(method).toUpperCase(Locale.ROOT))
                .append(' ');
        page.append(escape(path))
                .append("</code> ")
                .append(escape(operation.get("summary")))
                .append("</h2>\n<p>");
        page.append(escape(operation.get("description"))).append("</p>\n");
        for (String part : List.of("parameters", "requestBody")) {
            if (operation.containsKey(part)) {
                page.append(code(json.writeText(operation.get(part))));
            }
        }
        page.append("<ul>");
        ((Map<?, ?>) operation.get("responses")).forEach((status, response) -> page.append("<li><b>")
                .append(escape(status))
                .append("</b> ")
                .append(escape(((Map<?, ?>) response).get("description")))
                .append("</li>"));
        page.append("</ul>\n");
    }

    private static String code(String text) {
        return "<pre>" + escape(text) + "</pre>\n";
    }

    private static String escape(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
