package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.report.ClientReadiness.Field;
import dev.mcppreflight.conformance.report.ClientReadiness.Next;
import dev.mcppreflight.conformance.report.ClientReadiness.Reason;
import dev.mcppreflight.conformance.report.ClientReadiness.Step;

/** A card for each client: whether it will get on with the target, why, and what its user does next. */
final class HtmlClients {

    private static final int LONGEST_TEXT = 500;

    private final Words words;

    HtmlClients(Words words) {
        this.words = words;
    }

    void write(Html html, Report report) {
        if (report.clients().isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "clients");
        html.element("h2", words.say("html.clients"), "id", "clients").open("ul", "class", "cards");
        report.clients().forEach(client -> card(html, report, client));
        html.close().closeLine();
    }

    private void card(Html html, Report report, ClientReadiness client) {
        html.open("li", "class", "card " + client.verdict());
        html.element("h3", client.title());
        html.element("p", HtmlRenderer.capital(words.verdict(client.verdict())), "class", "state");
        if (!client.reasons().isEmpty()) {
            html.open("p", "class", "meta");
            client.reasons().forEach(reason -> reason(html, report, reason));
            html.close();
        }
        if (!client.because().isEmpty() || client.next().isPresent()) {
            html.open("details", "open", client.asked() ? "open" : null);
            html.element("summary", words.say("html.client.more"));
            details(html, report, client);
            html.closeLine();
        }
        html.closeLine();
    }

    /** A cause stands further up, a check further down; what is neither is only named. */
    private static void reason(Html html, Report report, String id) {
        boolean cause =
                report.causes().stream().anyMatch(found -> found.cause().id().equals(id));
        boolean check =
                report.checks().stream().anyMatch(result -> result.check().id().equals(id));
        if (cause || check) {
            html.element("a", id, "href", (cause ? "#cause-" : "#check-") + id);
        } else {
            html.text(id);
        }
        html.text(" ");
    }

    private void details(Html html, Report report, ClientReadiness client) {
        html.open("ul", "class", "plain");
        for (Reason because : client.because()) {
            html.open("li").element("span", words.say("client." + because.weight()), "class", "meta");
            html.text(" ").prose(Printable.line(because.says(), LONGEST_TEXT)).text(" ");
            if (!because.id().isEmpty()) {
                reason(html, report, because.id());
            }
            because.sources().stream()
                    .map(Page::link)
                    .filter(place -> place.startsWith("https://"))
                    .limit(1)
                    .forEach(place -> html.link(place, words.say("read")));
            html.close();
        }
        html.close();
        client.next().ifPresent(next -> next(html, next));
        if (!client.date().isEmpty()) {
            html.element("p", words.say("client.known", client.title(), client.date()), "class", "meta");
        }
    }

    private void next(Html html, Next next) {
        html.element("h4", words.say("html.next")).open("dl", "class", "next");
        for (Field field : next.fields()) {
            html.element("dt", field.field(), "lang", "en")
                    .open("dd")
                    .element("code", field.value())
                    .close();
        }
        html.close().open("ol");
        for (Step step : next.steps()) {
            html.open("li").prose(step.action()).text(" ");
            html.link(step.source(), step.date()).close();
        }
        html.close();
        if (!next.question().isEmpty()) {
            html.element("p", words.say("pair", words.say("client.ask"), next.question()));
        }
    }
}
