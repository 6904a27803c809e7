package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what there is. */
@Command(
        name = "list",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "preflight list checks|causes|clients|faults|requirements [--format json]",
            "       preflight list causes --coverage [--format json]"
        },
        description = "List the checks, causes, clients, faults or requirements.",
        footer = {"", "Exit codes: 0 listed, 2 wrong usage, 3 this tool failed."})
final class ListCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "WHAT", description = "checks, causes, clients, faults or requirements.")
    private String what = "";

    @Option(names = "--format", paramLabel = "FORM", description = "console (default) or json.")
    private String format = "console";

    @Option(names = "--coverage", description = "How each cause is detected, and which fault proves it.")
    private boolean coverage;

    ListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        boolean json =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "json" -> true;
                    case "console" -> false;
                    default -> throw new UsageException("a list has no format '" + format + "'", "console or json.");
                };
        if (coverage && !what.equalsIgnoreCase("causes")) {
            throw new UsageException("--coverage is about causes", "list causes --coverage");
        }
        Table table =
                switch (what.toLowerCase(Locale.ROOT)) {
                    case "checks" -> checks();
                    case "causes" -> coverage ? new CauseCoverage().table() : causes();
                    case "clients" -> clients();
                    case "faults" -> Faults.table();
                    case "requirements" -> requirements();
                    default ->
                        throw new UsageException(
                                what.isEmpty() ? "list what?" : "there is no list of '" + what + "'",
                                "checks, causes, clients, faults or requirements.");
                };
        shell.print(json ? table.json() : table.text());
        if (coverage && !json) {
            shell.print("\n" + new CauseCoverage().summary() + "\n");
        }
        return ExitCode.OK;
    }

    private static Table checks() {
        Table table = new Table("id", "level", "stage", "transports", "name");
        for (Check check : Preflight.checks()) {
            table.row(
                    check.id(),
                    check.level().name(),
                    check.stage().word(),
                    String.join(",", check.transports()),
                    check.name());
        }
        return table;
    }

    private static Table causes() {
        Table table = new Table("id", "severity", "stage", "title");
        for (Cause cause : new Catalogue().causes().values()) {
            table.row(cause.id(), cause.severity().word(), cause.stage().word(), cause.title());
        }
        return table;
    }

    private static Table clients() {
        Table table = new Table("id", "targets", "known on", "title");
        for (Client client : new Catalogue().clients()) {
            List<String> targets = new ArrayList<>();
            client.reach(Client.Kind.ADDRESS)
                    .ifPresent(reach -> targets.add(reach.hosted() ? "public address" : "address"));
            client.reach(Client.Kind.COMMAND).ifPresent(reach -> targets.add("command"));
            table.row(client.name(), String.join(", ", targets), client.date(), client.title());
        }
        return table;
    }

    private static Table requirements() {
        Table table = new Table("id", "level", "since", "says");
        for (Requirement requirement : new Catalogue().requirements().values()) {
            String since = requirement.revisions().isEmpty()
                    ? ""
                    : requirement.revisions().get(0);
            table.row(requirement.id(), requirement.level().name(), since, requirement.says());
        }
        return table;
    }
}
