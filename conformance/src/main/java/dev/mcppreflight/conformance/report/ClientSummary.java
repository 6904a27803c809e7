package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.report.ClientReadiness.Field;
import dev.mcppreflight.conformance.report.ClientReadiness.Reason;
import dev.mcppreflight.conformance.report.ClientReadiness.Step;
import dev.mcppreflight.conformance.report.Page.Style;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What the console says of clients: a line for all, and a section for each that the operator asked for. */
final class ClientSummary {

    private static final int LONGEST_TEXT = 300;

    private final Page page;
    private final Words words;

    ClientSummary(Page page, Words words) {
        this.page = page;
        this.words = words;
    }

    void print(Report report) {
        line(report.clients().stream().filter(client -> !client.asked()).toList());
        printAsked(report);
    }

    /** Those alone that the operator asked for. */
    void printAsked(Report report) {
        report.clients().stream().filter(ClientReadiness::asked).forEach(client -> section(client, report));
    }

    /** What to do about a cause of the whole report stands there; what matters later is the subject of the steps. */
    private static boolean isToldHere(Reason reason, Report report) {
        return !reason.weight().equals("later")
                && report.causes().stream()
                        .noneMatch(found -> found.cause().id().equals(reason.id()));
    }

    private void line(List<ClientReadiness> clients) {
        Map<String, StringJoiner> byVerdict = new LinkedHashMap<>();
        for (ClientReadiness client : clients) {
            String reasons = client.reasons().isEmpty() ? "" : " (" + String.join(", ", client.reasons()) + ")";
            byVerdict
                    .computeIfAbsent(words.verdict(client.verdict()) + reasons, verdict -> new StringJoiner(", "))
                    .add(client.client());
        }
        List<String> lines = new ArrayList<>();
        byVerdict.forEach((verdict, names) -> lines.add(words.say("pair", names, verdict)));
        for (int i = 0; i < lines.size(); i++) {
            page.field(i == 0 ? words.say("clients") : "", lines.get(i));
        }
    }

    private void section(ClientReadiness client, Report report) {
        page.title(
                mark(client.verdict()),
                style(client.verdict()),
                client.client(),
                client.date().isEmpty() ? client.title() : words.say("client.known", client.title(), client.date()),
                words.verdict(client.verdict()));
        page.field(words.say("client.played"), client.emulated() ? played(client) : words.say("client.judged"));
        for (Reason reason : client.because()) {
            page.field(words.say("client." + reason.weight()), (reason.id() + " " + reason.says()).strip());
            reason.evidence().stream().limit(1).forEach(line -> page.field("", Printable.line(line, LONGEST_TEXT)));
            if (isToldHere(reason, report)) {
                page.field(words.say("fix"), reason.fix());
            }
        }
        client.next().ifPresent(next -> {
            String label = words.say("client.enter");
            for (Field field : next.fields()) {
                page.field(label, field.field() + ": " + field.value());
                label = "";
            }
            page.field(words.say("client.ask"), next.question());
            label = words.say("client.hand");
            for (Step step : next.steps()) {
                page.field(label, step.action() + " (" + step.date() + ")");
                label = "";
            }
        });
        page.blank();
    }

    /** The sequence, an exchange a line. */
    private String played(ClientReadiness client) {
        StringJoiner steps = new StringJoiner("; ");
        client.exchanges().forEach(exchange -> steps.add(exchange.purpose() + " -> " + outcome(exchange)));
        return Printable.line(steps.toString(), 2 * LONGEST_TEXT);
    }

    private String outcome(Exchange exchange) {
        if (exchange.status() == 0) {
            return words.sentence(
                    exchange.failure() == null
                            ? "nothing"
                            : exchange.failure()
                                    .kind()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' '));
        }
        return String.valueOf(exchange.status());
    }

    private static String mark(String verdict) {
        return verdict.equals("not-ready") ? "✗" : verdict.equals("ready-with-warnings") ? "!" : "✓";
    }

    private static Style style(String verdict) {
        return switch (verdict) {
            case "not-ready" -> Style.BAD;
            case "ready-with-warnings" -> Style.DUBIOUS;
            default -> Style.GOOD;
        };
    }
}
