package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** What every page of ours begins and ends with. Its policy lets only our own style and script run. */
final class HtmlFrame {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Words words;

    HtmlFrame(Words words) {
        this.words = words;
    }

    static String time(Instant instant) {
        return TIME.format(instant) + " UTC";
    }

    /** Opens the page and writes its head. */
    void head(Html html, String title, boolean scripted) {
        String style = Resources.text("report/report.css");
        html.verbatim("<!doctype html>\n").open("html", "lang", words.language().code());
        html.open("head").open("meta", "charset", "utf-8").verbatim("\n");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .verbatim("\n");
        html.open("meta", "name", "color-scheme", "content", "light dark").verbatim("\n");
        html.open("meta", "name", "referrer", "content", "no-referrer").verbatim("\n");
        String policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '"
                + (scripted ? hash(script()) : "none") + "'; img-src data:; base-uri 'none'; form-action 'none'";
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
                .verbatim("\n");
        // An icon of its own, or a browser asks the host for one.
        html.verbatim("<link rel=\"icon\" href=\"data:,\">\n");
        html.element("title", title);
        html.open("style").verbatim(style).closeLine();
        html.closeLine();
    }

    void footer(Html html, String version) {
        html.open("footer").text(words.say("html.footer", version)).closeLine();
    }

    static String script() {
        return Resources.text("report/report.js");
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
