package dev.mcppreflight.conformance.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands over to the reference server, whose options are its own. */
@Command(
        name = "serve",
        description = "Run the reference server; 'serve --help' prints its options.",
        customSynopsis = "preflight serve [OPTIONS]")
final class ServeCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(arity = "0..*", paramLabel = "OPTIONS", description = "Options of the server.")
    private List<String> arguments = List.of();

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().flush();
        return ReferenceServer.runInForeground(arguments);
    }
}
