package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Client.Basis;
import dev.mcppreflight.conformance.catalogue.Client.Weight;
import dev.mcppreflight.conformance.report.ClientReadiness.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** The reasons for a verdict as they are gathered; of two with the same id the first one stands. */
final class Reasons {

    private final UnaryOperator<String> fixes;

    /** What matters once the target is public. */
    static final String LATER = "later";

    private static final List<String> ORDER = List.of("blocks", "warns", LATER, "notes");

    private final List<Reason> all = new ArrayList<>();

    /** @param fixes what to do about a cause or a check, by its id; empty for others */
    Reasons(UnaryOperator<String> fixes) {
        this.fixes = fixes;
    }

    void add(String id, Weight weight, String says, Basis basis, List<String> evidence) {
        add(new Reason(
                id, weight.word(), says, basis.grade(), basis.date(), evidence, fix(id, weight), basis.sources()));
    }

    void add(Cause cause, String weight, List<String> evidence) {
        add(new Reason(cause.id(), weight, cause.title(), "", "", evidence, cause.fix(), cause.sources()));
    }

    /** A note is no reason to mend anything. */
    private String fix(String id, Weight weight) {
        return weight == Weight.NOTES ? "" : fixes.apply(id);
    }

    private void add(Reason reason) {
        boolean known = all.stream()
                .anyMatch(each -> each.id().equals(reason.id())
                        && (!each.id().isEmpty() || each.says().equals(reason.says())));
        if (!known) {
            all.add(reason);
        }
    }

    boolean has(Weight weight) {
        return all.stream().anyMatch(reason -> reason.weight().equals(weight.word()));
    }

    /** The gravest first, otherwise in the order in which they were found. */
    List<Reason> sorted() {
        return all.stream()
                .sorted(Comparator.comparingInt(reason -> ORDER.indexOf(reason.weight())))
                .toList();
    }

    /** The ids of what stands in the way. */
    List<String> ids() {
        return sorted().stream()
                .filter(reason ->
                        reason.weight().equals("blocks") || reason.weight().equals("warns"))
                .map(Reason::id)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }
}
