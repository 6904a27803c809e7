package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.ConsoleRenderer;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.watch.Replays;
import dev.mcppreflight.conformance.watch.SessionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a recorded client against a server. */
@Command(
        name = "replay",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "preflight replay SESSION.json URL [OPTIONS]",
        description =
                "Play the requests of a recorded client against a server, and compare what it answers with what was"
                        + " recorded. Recordings are written by watch --save.",
        footer = {
            "",
            "Credentials are not recorded: give them as for check, such as --bearer. They are sent where the client sent"
                    + " some.",
            "Exit codes: 0 answered as recorded, 1 answered otherwise, 2 wrong usage, 3 this tool failed."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final long LARGEST = 256L << 20;

    private final Shell shell;

    @Parameters(
            arity = "0..*",
            paramLabel = "SESSION URL",
            description = "The recording, and the address of the server.")
    private List<String> words = List.of();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--calls", description = "Also call tools that are not declared to read only.")
    private boolean calls;

    @Mixin
    private FormOptions forms = new FormOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Option(names = "--quiet", description = "No lines about each request.")
    private boolean quiet;

    ReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (words.size() != 2) {
            throw new UsageException(
                    "replay takes a recording and an address, and got " + words.size() + " words",
                    "Such as: " + shell.program() + " replay session.json http://localhost:3000/mcp");
        }
        List<Destination> destinations = Destination.of(forms.formats());
        CheckCommand.Style style =
                new CheckCommand.Style(print.words(shell), print.isColoured(shell), ConsoleRenderer.Detail.NORMAL);
        SessionFile session = read(Path.of(words.get(0)));
        Target target = targetOptions.at(Address.of(words.get(1)), shell.environment());
        Replays replays = Replays.of(session, target, calls, quiet ? line -> {} : this::tell);
        destinations.forEach(destination -> destination.write(replays.report(), shell, style));
        return replays.differences().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private void tell(String line) {
        shell.err().println(line);
        shell.err().flush();
    }

    private static SessionFile read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException(file + " is too large to be a recording", "");
            }
            return SessionFile.read(Files.readString(file));
        } catch (IOException e) {
            throw new UsageException("the recording " + file + " cannot be read", "");
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage(), "Recordings are written by: watch --save FILE");
        }
    }
}
