package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Response;
import java.net.URI;

/** What a user sees of the authorization server. No other page can hold it in a frame. */
public final class ConsentPage {

    private ConsentPage() {}

    /** Asks whether the client may have what it asks for. */
    public static Response question(String client, Form asked) {
        StringBuilder form = new StringBuilder("<form method=\"post\" action=\"/authorize\">\n");
        asked.values().forEach((name, value) -> form.append("<input type=\"hidden\" name=\"")
                .append(escaped(name))
                .append("\" value=\"")
                .append(escaped(value))
                .append("\">\n"));
        form.append("<button id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>\n")
                .append("<button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button>\n</form>");
        return page(
                200,
                "<h1>" + escaped(client) + "</h1>\n<p>wants to use: " + escaped(asked.get("scope"))
                        + "</p>\n<p>You return to "
                        + escaped(URI.create(asked.get("redirect_uri")).getHost()) + ".</p>\n" + form);
    }

    public static Response refusal(String why) {
        return page(400, "<h1>This request cannot be answered</h1>\n<p>" + escaped(why) + "</p>");
    }

    private static Response page(int status, String content) {
        return Response.text(
                        status,
                        "text/html; charset=utf-8",
                        "<!doctype html><html><head><title>Sign in</title></head><body>" + content + "</body></html>\n")
                .with("Content-Security-Policy", "frame-ancestors 'none'")
                .with("X-Frame-Options", "DENY")
                .with("Cache-Control", "no-store");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
