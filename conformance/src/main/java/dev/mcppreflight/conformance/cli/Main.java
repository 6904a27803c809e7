package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code preflight}. */
@Command(
        name = "preflight",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Tells whether an MCP server will connect to ChatGPT and Claude and, if not, the one cause and the fix.",
        footer = {
            "",
            "Exit codes: 0 nothing wrong, 1 findings, 2 wrong usage, 3 this tool failed.",
            "Environment: PREFLIGHT_BEARER (token for check), NO_COLOR, PREFLIGHT_DEBUG (stack traces)."
        })
public final class Main implements Runnable {

    /** What {@code --version} prints. */
    static final String VERSION = "preflight " + Preflight.VERSION;

    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        // Whatever a library prints must not end up within the report.
        System.setOut(System.err);
        Map<String, String> environment = System.getenv();
        int exit = run(args, new Shell(System.in, out, err, environment, Terminal.ofThisProcess(environment)));
        out.flush();
        err.flush();
        System.exit(exit);
    }

    /** Runs the program on these streams, none of which is a terminal, and answers its exit code. */
    static int run(String[] args, InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        return run(args, new Shell(in, out, err, environment, Terminal.NONE));
    }

    private static int run(String[] args, Shell shell) {
        try {
            return commandLine(shell).execute(args);
        } catch (Throwable e) {
            // Also what picocli lets through, such as an incomplete installation.
            return failed(shell, e);
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }

    private static CommandLine commandLine(Shell shell) {
        CommandLine serve = new CommandLine(new ServeCommand(shell)).setUnmatchedOptionsArePositionalParams(true);
        // An error text may begin with a hyphen, such as '-32601 Method not found'.
        CommandLine explain = new CommandLine(new ExplainCommand(shell)).setUnmatchedOptionsArePositionalParams(true);
        CommandLine program = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(shell))
                .addSubcommand(serve)
                .addSubcommand(new FaultCommand(shell))
                .addSubcommand(explain)
                .addSubcommand(new ListCommand(shell))
                .addSubcommand(new CoverageCommand(shell))
                .addSubcommand(new DiffCommand(shell))
                .addSubcommand(new WatchCommand(shell))
                .addSubcommand(new ReplayCommand(shell))
                .addSubcommand(new AutoComplete.GenerateCompletion());
        program.setOut(new java.io.PrintWriter(shell.out(), true));
        program.setErr(new java.io.PrintWriter(shell.err(), true));
        // '@modelcontextprotocol/server-everything' is an argument, not a file of arguments.
        program.setExpandAtFiles(false);
        program.setUsageHelpAutoWidth(false);
        program.setParameterExceptionHandler((e, args) -> refused(shell, e));
        program.setExecutionExceptionHandler((e, line, result) -> {
            if (e instanceof UsageException usage) {
                return refused(shell, line, usage.getMessage(), usage.hint());
            }
            return failed(shell, e);
        });
        return program;
    }

    @Override
    public void run() {
        throw new UsageException(
                "which command? check, serve, fault, explain, list, coverage, diff, watch or replay", "");
    }

    private static int refused(Shell shell, ParameterException e) {
        String hint = "";
        if (e instanceof UnmatchedArgumentException unmatched) {
            hint = unmatched.getSuggestions().stream().limit(3).collect(Collectors.joining(" or "));
            hint = hint.isEmpty() ? "" : "did you mean " + hint + "?";
        }
        return refused(shell, e.getCommandLine(), e.getMessage(), hint);
    }

    private static int refused(Shell shell, CommandLine line, String message, String hint) {
        String first =
                message == null ? "wrong usage" : message.lines().findFirst().orElse("wrong usage");
        shell.err().println("preflight: " + Printable.line(first));
        String help = line.getCommandSpec().qualifiedName() + " --help";
        shell.err().println((hint.isEmpty() ? "" : Printable.line(hint) + " ") + "(see: " + help + ")");
        return ExitCode.USAGE;
    }

    private static int failed(Shell shell, Throwable e) {
        String what = e instanceof HarnessException
                ? e.getMessage()
                : "an error of this tool: " + e.getClass().getSimpleName()
                        + (e.getMessage() == null
                                ? ""
                                : ": " + e.getMessage().lines().findFirst().orElse(""))
                        + " (PREFLIGHT_DEBUG=1 shows where)";
        shell.err().println("preflight: " + Printable.line(what));
        if (shell.debugs()) {
            e.printStackTrace(shell.err());
        }
        return ExitCode.HARNESS;
    }

    /** UTF-8 everywhere but on a Windows console, which says what it can show. */
    private static PrintStream stream(FileDescriptor descriptor) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String console = System.getProperty("stdout.encoding");
        Charset charset = windows && console != null && System.console() != null
                ? Charset.forName(console)
                : StandardCharsets.UTF_8;
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192), false, charset);
    }
}
