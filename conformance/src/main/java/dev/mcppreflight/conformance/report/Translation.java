package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.report.ClientReadiness.Field;
import dev.mcppreflight.conformance.report.ClientReadiness.Measured;
import dev.mcppreflight.conformance.report.ClientReadiness.Next;
import dev.mcppreflight.conformance.report.ClientReadiness.Reason;
import dev.mcppreflight.conformance.report.ClientReadiness.Step;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.List;

/**
 * A report in the language of its reader. Names of scenarios stay English, as the feature files are, and so does whatever the
 * target said.
 */
final class Translation {

    private final Words words;
    private final Catalogue catalogue = new Catalogue();

    Translation(Words words) {
        this.words = words;
    }

    Report of(Report report) {
        return new Report(
                report.version(),
                report.address(),
                report.transport(),
                report.revision(),
                report.insecure(),
                report.startedAt(),
                report.durationMillis(),
                report.causes().stream().map(this::of).toList(),
                report.advice().stream().map(this::of).toList(),
                report.clients().stream().map(this::of).toList(),
                report.checks().stream().map(this::of).toList(),
                report.baseline());
    }

    private CauseFinding of(CauseFinding found) {
        return new CauseFinding(words.cause(found.cause()), lines(found.evidence()), found.checks(), found.blocked());
    }

    private Advice of(Advice advice) {
        return new Advice(advice.id(), words.title(advice.id(), advice.title()), words.when(advice));
    }

    private CheckResult of(CheckResult result) {
        return new CheckResult(
                result.check(),
                result.outcome(),
                words.line(result.reason()),
                words.sentence(result.expected()),
                words.line(result.observed()),
                because(result),
                fix(result.cause().isEmpty() ? result.check().id() : result.cause(), result.fix()),
                result.source(),
                result.cause(),
                exchanges(result.exchanges()),
                result.durationMillis());
    }

    private String because(CheckResult result) {
        return catalogue
                .cause(result.cause())
                .filter(cause -> cause.because().equals(result.because()))
                .map(cause -> words.cause(cause).because())
                .orElseGet(() -> words.sentence(result.because()));
    }

    /** What to do about a cause or a check. */
    private String fix(String id, String english) {
        return catalogue
                .cause(id)
                .filter(cause -> cause.fix().equals(english))
                .map(cause -> words.cause(cause).fix())
                .orElseGet(() -> words.sentence(english));
    }

    private ClientReadiness of(ClientReadiness client) {
        return new ClientReadiness(
                client.client(),
                words.sentence(client.title()),
                client.date(),
                client.asked(),
                client.verdict(),
                client.reasons(),
                client.because().stream().map(this::of).toList(),
                client.limits().stream().map(this::of).toList(),
                client.next().map(this::of),
                exchanges(client.exchanges()));
    }

    private Reason of(Reason reason) {
        return new Reason(
                reason.id(),
                reason.weight(),
                words.sentence(reason),
                reason.grade(),
                reason.date(),
                lines(reason.evidence()),
                fix(reason.id(), reason.fix()),
                reason.sources());
    }

    private Measured of(Measured limit) {
        return new Measured(limit.measure(), limit.most(), limit.seen(), words.sentence(limit.says()));
    }

    /** The names of fields are those of the forms, which are English. */
    private Next of(Next next) {
        return new Next(
                next.fields().stream()
                        .map(field -> new Field(field.field(), words.sentence(field.value())))
                        .toList(),
                words.sentence(next.question()),
                next.tool(),
                next.steps().stream()
                        .map(step -> new Step(words.sentence(step.action()), step.date(), step.source()))
                        .toList());
    }

    private List<Exchange> exchanges(List<Exchange> exchanges) {
        return exchanges.stream()
                .map(exchange -> exchange.sentFor(words.line(exchange.purpose())))
                .toList();
    }

    private List<String> lines(List<String> evidence) {
        return evidence.stream().map(words::line).toList();
    }
}
