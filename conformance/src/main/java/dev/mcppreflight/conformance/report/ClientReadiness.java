package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.wire.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * Whether one client will get on with the target, why, and what its user does next.
 *
 * @param client its short name, such as chatgpt
 * @param title its name for people
 * @param date the day on which what is known of it was looked at; empty for none
 * @param asked whether the operator asked for this client
 * @param verdict ready, ready-with-warnings, not-ready, or ready-when-public for a target that only this machine can reach
 * @param reasons the ids of the causes in its way
 * @param because the reasons in full, the gravest first
 * @param limits what it is known to take, beside what was seen
 * @param next what its user does next
 * @param exchanges what its own sequence met, played in its place; none when it was judged from the other exchanges
 */
public record ClientReadiness(
        String client,
        String title,
        String date,
        boolean asked,
        String verdict,
        List<String> reasons,
        List<Reason> because,
        List<Measured> limits,
        Optional<Next> next,
        List<Exchange> exchanges) {

    /**
     * A reason for a verdict.
     *
     * @param id of a cause or a check; empty where none has that name
     * @param weight blocks, warns, notes, or later for what matters once the target is public
     * @param says one sentence
     * @param grade how it is known: documented, reported, measured, specification, inferred or unknown
     * @param date when it was so; empty where that is not kept
     * @param evidence lines about recorded exchanges
     * @param fix what to do; empty where there is nothing to mend
     * @param sources where to read it
     */
    public record Reason(
            String id,
            String weight,
            String says,
            String grade,
            String date,
            List<String> evidence,
            String fix,
            List<String> sources) {}

    /**
     * A limit beside what was seen.
     *
     * @param measure what is measured
     * @param most what the client takes; nothing when that is not known
     * @param seen what was seen; nothing when nothing of the kind was
     * @param says what else is to be said, or the empty string
     */
    public record Measured(String measure, Optional<Long> most, Optional<Long> seen, String says) {}

    /**
     * What its user does next.
     *
     * @param fields what to enter
     * @param question what to ask then; empty where there is no tool
     * @param tool the tool that has to be used for the answer; empty where there is none
     * @param steps what to do by hand
     */
    public record Next(List<Field> fields, String question, String tool, List<Step> steps) {}

    /** What to enter, word for word. */
    public record Field(String field, String value) {}

    /** What to do, true on a day. */
    public record Step(String action, String date, String source) {}

    /** A verdict with its reasons alone. */
    public static ClientReadiness of(String client, String verdict, List<String> reasons) {
        return new ClientReadiness(
                client, client, "", false, verdict, reasons, List.of(), List.of(), Optional.empty(), List.of());
    }

    /** Whether its own sequence was played. */
    public boolean emulated() {
        return !exchanges.isEmpty();
    }

    /** The same without what was met. */
    ClientReadiness withoutExchanges() {
        return new ClientReadiness(client, title, date, asked, verdict, reasons, because, limits, next, List.of());
    }
}
