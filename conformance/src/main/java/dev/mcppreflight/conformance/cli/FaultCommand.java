package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.fault.StdioServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a server that is wrong in one way. */
@Command(
        name = "fault",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"preflight fault ID", "       preflight fault --list"},
        description = "Start a server on loopback that is wrong in one way, to see what a check says of it.",
        footer = {
            "",
            "It runs until it is interrupted, or until the standard input that it was given ends.",
            "Exit codes: 0 ended, 2 wrong usage, 3 this tool failed."
        })
final class FaultCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Such as NET-010; healthy ones begin with healthy-.")
    private String id;

    @Option(names = "--list", description = "List all faults.")
    private boolean list;

    FaultCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            shell.print(Faults.table().text());
            return ExitCode.OK;
        }
        if (id == null) {
            throw new UsageException("which fault?", "All of them: " + shell.program() + " fault --list");
        }
        Fault fault = Faults.named(id, shell.program());
        return fault.transport() == Fault.Transport.STDIO ? actAsCommand(fault) : serve(fault);
    }

    private int actAsCommand(Fault fault) {
        if (fault.command().isPresent()) {
            shell.print("This fault is in the command itself. Try:\n  " + shell.program() + " check -- "
                    + String.join(" ", fault.command().get()) + "\n");
            return ExitCode.OK;
        }
        if (fault.configuration().isPresent()) {
            Path file = configuration(fault.configuration().get());
            shell.print("This fault is in a configuration file. Try:\n  " + shell.program() + " check --config " + file
                    + "\n");
            return ExitCode.OK;
        }
        if (shell.terminal().in()) {
            shell.err().println(fault.id() + ": " + fault.title() + ". A stdio server: it waits for messages. Try:");
            shell.err().println("  " + shell.program() + " check -- " + shell.program() + " fault " + fault.id());
            shell.err().flush();
        }
        return StdioServer.run(fault, shell.in(), shell.out(), shell.err());
    }

    private int serve(Fault fault) throws InterruptedException {
        try (FaultyServer server = FaultyServer.start(fault)) {
            StringBuilder text = new StringBuilder(server.url()).append('\n');
            text.append(fault.id()).append(": ").append(fault.title()).append('\n');
            fault.credential()
                    .ifPresent(key ->
                            text.append("It lets in: --bearer ").append(key).append('\n'));
            server.bearer().ifPresent(token -> text.append("It lets in who signs in: --oauth, or --bearer ")
                    .append(token)
                    .append('\n'));
            Path authority = fault.tls().isPresent() ? authority() : null;
            text.append("Try: ").append(shell.program()).append(" check ").append(server.url());
            text.append(authority == null ? "" : " --ca " + authority);
            fault.options().forEach(option -> text.append(' ').append(option));
            text.append('\n');
            shell.print(text.toString());
            waitForTheEnd();
        }
        return ExitCode.OK;
    }

    private static Path configuration(Map.Entry<String, String> file) {
        try {
            return Files.writeString(Files.createTempDirectory("preflight").resolve(file.getKey()), file.getValue());
        } catch (IOException e) {
            throw new HarnessException("no temporary file can be made: " + e.getMessage());
        }
    }

    /** The authority of the certificates, as a file that --ca can take. */
    private static Path authority() {
        try {
            Path file = Files.createTempFile("preflight-ca", ".pem");
            file.toFile().deleteOnExit();
            return Files.write(file, Resources.bytes("fixtures/tls/ca.pem"));
        } catch (IOException e) {
            throw new HarnessException("no temporary file can be made: " + e.getMessage());
        }
    }

    private void waitForTheEnd() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        if (!shell.terminal().in()) {
            InputEnd.await(shell, over);
        }
        over.await();
    }
}
