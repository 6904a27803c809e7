package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Client.Basis;
import dev.mcppreflight.conformance.catalogue.Client.Limit;
import dev.mcppreflight.conformance.catalogue.Client.Manner;
import dev.mcppreflight.conformance.report.Page;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** All that is known of a client, with the day on which it was so; what is not known included. */
final class ClientPage {

    private final Page page;
    private final String program;

    ClientPage(Page page, String program) {
        this.page = page;
        this.program = program;
    }

    void print(Client client) {
        page.title("*", Page.Style.PLAIN, client.name(), client.title(), client.date());
        for (Client.Kind kind : Client.Kind.values()) {
            client.reach(kind)
                    .ifPresent(reach -> page.field(
                            kind == Client.Kind.ADDRESS ? "addresses" : "commands",
                            reach.hosted() ? "from its maker's cloud: public ones" : "from its user's machine"));
        }
        speaks(client.manner());
        for (String way : List.of("none", "oauth", "key")) {
            page.field(
                    way.equals("none") ? "sign-in" : "",
                    way + ": " + client.authentication(way).orElse("not possible"));
        }
        list("known", client.facts(), fact -> fact.topic() + ": " + said(fact.says(), fact.basis()));
        list(
                "minds",
                client.rules(),
                rule -> rule.weight().word() + " " + rule.id() + ": " + said(rule.says(), rule.basis()));
        list(
                "discover",
                client.discoverRules(),
                rule -> rule.weight().word() + " " + rule.answer() + ": " + said(rule.says(), rule.basis()));
        list("limits", client.limits(), ClientPage::limit);
        list("enter", client.fields(), field -> field.field() + ": " + field.value());
        page.field("ask", client.question());
        list("by hand", client.steps(), step -> said(step.action(), step.basis()));
        page.field("try", program + " check --client " + client.name() + " URL");
    }

    private void speaks(Manner manner) {
        StringJoiner order = new StringJoiner(", then ");
        if (manner.discovers()) {
            order.add("server/discover in 2026-07-28");
        }
        order.add("initialize in " + manner.revision());
        order.add(manner.readsAllPages() ? "every page of tools/list" : "the first page of tools/list");
        page.field("plays", order.toString());
        page.field("", "User-Agent: " + manner.userAgent());
        page.field("", "Accept-Encoding: " + (manner.encodings().isEmpty() ? "none" : manner.encodings()));
        page.field("", "GET stream: " + manner.listens());
        page.field("", "HTTP+SSE: " + fallBack(manner));
    }

    private static String fallBack(Manner manner) {
        StringJoiner statuses = new StringJoiner(", ", "after the status ", "").setEmptyValue("where its user says so");
        manner.fallsBackOn().forEach(status -> statuses.add(status.toString()));
        return manner.choosesTransport() ? "where its user says so" : statuses.toString();
    }

    private static String limit(Limit limit) {
        String most = limit.most().map(value -> "at most " + value + ". ").orElse("");
        String says = most.isEmpty() && limit.says().isEmpty() ? "not known." : limit.says();
        return limit.measure() + ": " + said(most + says, limit.basis());
    }

    /** A statement with its grade, its day and where to read it. */
    private static String said(String says, Basis basis) {
        StringJoiner tail = new StringJoiner(", ", " (", ")");
        tail.add(basis.grade()).add(basis.date());
        basis.sources().stream().limit(1).map(Page::link).forEach(tail::add);
        return says.strip() + tail;
    }

    private <T> void list(String label, List<T> rows, Function<T, String> line) {
        String name = label;
        for (T row : rows) {
            page.field(name, line.apply(row));
            name = "";
        }
    }
}
