package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.catalogue.Uncovered;
import dev.mcppreflight.conformance.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells of every requirement which checks cover it and which faults fail them, or why none does. */
@Command(
        name = "coverage",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "preflight coverage [AREA] [--format json]",
        description = "Tell which checks cover each requirement, which fault fails them, and why some have none.",
        footer = {"", "Exit codes: 0 told, 2 wrong usage, 3 this tool failed."})
final class CoverageCommand implements Callable<Integer> {

    /** More names of faults than these tell no more. */
    private static final int MOST = 2;

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "AREA", description = "Only the requirements of this area, such as AUTH.")
    private String area = "";

    @Option(names = "--format", paramLabel = "FORM", description = "console (default) or json.")
    private String format = "console";

    CoverageCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        boolean json =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "json" -> true;
                    case "console" -> false;
                    default -> throw new UsageException("coverage has no format '" + format + "'", "console or json.");
                };
        Map<String, List<String>> checks = checks();
        Map<String, List<String>> faults = faults();
        Catalogue catalogue = new Catalogue();
        Table table = new Table("id", "level", "faults", "checks");
        int covered = 0;
        int open = 0;
        for (Requirement requirement : catalogue.requirements().values()) {
            if (isWanted(requirement.id())) {
                covered++;
                table.row(
                        requirement.id(),
                        requirement.level().name(),
                        some(faults.getOrDefault(requirement.id(), List.of())),
                        String.join(", ", checks.getOrDefault(requirement.id(), List.of())));
            }
        }
        for (Uncovered row : catalogue.uncovered()) {
            if (isWanted(row.id())) {
                open++;
                table.row(row.id(), row.level(), "", "none: " + row.reason());
            }
        }
        if (covered + open == 0) {
            throw new UsageException(
                    "there is no area '" + area + "'", "Such as AUTH, SSE or TOOLS: preflight list requirements");
        }
        shell.print(json ? table.json() : table.text());
        if (!json) {
            shell.print("\n" + covered + " of " + (covered + open) + " requirements have a check.\n");
        }
        return ExitCode.OK;
    }

    private boolean isWanted(String id) {
        String name = area.toUpperCase(Locale.ROOT);
        return name.isEmpty() || id.startsWith("MCP-" + name + "-") || id.startsWith(name + "-") || id.equals(name);
    }

    private static Map<String, List<String>> checks() {
        Map<String, List<String>> checks = new TreeMap<>();
        for (Check check : Preflight.checks()) {
            check.requirements().forEach(row -> checks.computeIfAbsent(row, key -> new ArrayList<>())
                    .add(check.id()));
        }
        return checks;
    }

    /** The servers that break each requirement, or, where it permits something, make use of it. */
    private static Map<String, List<String>> faults() {
        Map<String, List<String>> faults = new TreeMap<>();
        for (Fault fault : Fault.all()) {
            Stream.concat(fault.fails().stream(), fault.rows().stream())
                    .forEach(row -> faults.computeIfAbsent(row, key -> new ArrayList<>())
                            .add(fault.id()));
        }
        return faults;
    }

    private static String some(List<String> faults) {
        String more = faults.size() > MOST ? " and " + (faults.size() - MOST) + " more" : "";
        return faults.stream().limit(MOST).collect(Collectors.joining(", ")) + more;
    }
}
