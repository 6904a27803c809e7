package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.fault.Fault;
import java.util.List;

/** The faults, as the command line speaks of them. */
final class Faults {

    private Faults() {}

    /** The fault of this id, in any spelling. */
    static Fault named(String id, String program) {
        List<Fault> all = Fault.all();
        return all.stream()
                .filter(fault -> fault.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> {
                    String question =
                            Nearest.question(id, all.stream().map(Fault::id).toList());
                    return new UsageException(
                            "there is no fault '" + id + "'",
                            question.isEmpty() ? "All of them: " + program + " list faults" : question);
                });
    }

    /** The rows of a table of all faults, with their heading. */
    static Table table() {
        Table table = new Table("id", "transport", "cause", "title");
        for (Fault fault : Fault.all()) {
            table.row(
                    fault.id(),
                    fault.transport().name().toLowerCase(java.util.Locale.ROOT),
                    fault.cause().orElse(""),
                    fault.title());
        }
        return table;
    }
}
