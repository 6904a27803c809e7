package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code fixtures/faults/reported.md}: what is said of each fault; every proof compares its line. */
final class ReportedTable {

    private static final Path FILE = Path.of("..", "fixtures", "faults", "reported.md");
    private static final String HEAD = """
            # What is reported of each fault

            Written by the test that plays them all (`FaultProofTest` with `-Dpreflight.golden=write`), and compared by it
            afterwards. *Beside it* holds what else is told as a blocker or as major; minor causes, and checks that fail as a
            consequence, are not listed. Where no cause is due, the failed check says all that there is to say.

            | fault | what is wrong | transport | first cause | beside it | checks that fail |
            |---|---|---|---|---|---|
            """;

    private ReportedTable() {}

    /** Compares what was reported with the line of the table, or writes it there. */
    static synchronized void compare(Fault fault, List<Report> reports) {
        Map<String, String> lines = lines();
        String first = fault.cause().map(due -> first(due, reports)).orElse("");
        Set<String> beside = beside(fault, first, reports);
        if ("write".equals(System.getProperty("preflight.golden"))) {
            lines.put(fault.id(), line(fault, first, beside));
            write(lines);
        }
        String line = lines.getOrDefault(fault.id(), "");
        // What comes beside a cause can depend on how quick the machine is; it must not come unannounced.
        Set<String> known =
                cells(line).size() < 6 ? Set.of() : Set.of(cells(line).get(4).split(", "));
        assertTrue(known.containsAll(beside), fault.id() + ": beside " + first + " stand " + beside + ", in " + line);
        assertEquals(
                line,
                line(
                        fault,
                        first,
                        known.stream().filter(id -> !id.isEmpty()).collect(Collectors.toCollection(TreeSet::new))),
                "-Dpreflight.golden=write writes it anew");
    }

    /** The faults that have a line. */
    static Set<String> ids() {
        return lines().keySet();
    }

    private static String first(String due, List<Report> reports) {
        List<String> firsts = reports.stream()
                .flatMap(report -> report.causes().stream().limit(1))
                .map(found -> found.cause().id())
                .toList();
        return firsts.contains(due) ? due : firsts.toString();
    }

    private static Set<String> beside(Fault fault, String first, List<Report> reports) {
        Predicate<Cause> grave = cause -> cause.severity().compareTo(Cause.Severity.MAJOR) <= 0;
        return fault.cause().isEmpty()
                ? Set.of()
                : reports.stream()
                        .flatMap(report -> report.causes().stream())
                        .map(CauseFinding::cause)
                        .filter(grave)
                        .map(Cause::id)
                        .filter(id -> !id.equals(first))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(Fault fault, String first, Set<String> beside) {
        return "| [" + fault.id() + "](" + fault.id() + ".yaml) | "
                + fault.title().replace("|", "\\|") + " | "
                + fault.transport().name().toLowerCase(Locale.ROOT) + " | " + first + " | " + String.join(", ", beside)
                + " | " + String.join(", ", fault.fails()) + " |";
    }

    private static Map<String, String> lines() {
        try {
            Map<String, String> lines = new TreeMap<>();
            if (Files.exists(FILE)) {
                Files.readAllLines(FILE).stream()
                        .filter(line -> line.startsWith("| ["))
                        .forEach(line -> lines.put(line.substring(3, line.indexOf(']')), line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Map<String, String> lines) {
        try {
            Files.writeString(FILE, HEAD + String.join("\n", lines.values()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.split(" \\| ?", -1)).stream().map(String::strip).toList();
    }
}
