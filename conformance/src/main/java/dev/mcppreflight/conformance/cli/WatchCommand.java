package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.ConsoleRenderer;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Limits;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.watch.SessionFile;
import dev.mcppreflight.conformance.watch.VisitReport;
import dev.mcppreflight.conformance.watch.Watch;
import dev.mcppreflight.conformance.watch.WatchOptions;
import dev.mcppreflight.conformance.watch.WatchOptions.HostPolicy;
import dev.mcppreflight.conformance.watch.Watched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stands between a tunnel and a server while a client connects. */
@Command(
        name = "watch",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "preflight watch --upstream URL [OPTIONS]",
        description =
                "Stand between a tunnel and a server while a client connects: show what passes, tell who it is and"
                        + " why it fails, and record it.",
        footer = {
            "",
            "It runs until it is interrupted, or until the standard input that it was given ends. Lines about what passes"
                    + " go to standard error, the report to standard output.",
            "Exit codes: 0 every client got through, 1 findings or nobody got through, 2 wrong usage, 3 this tool failed."
        })
final class WatchCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;
    private static final int MOST_EXCHANGES = 100_000;
    private static final long LOOK_MILLIS = 50;

    private final Shell shell;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            required = true,
            description = "The server, such as" + " http://localhost:3000; paths are those that clients ask for.")
    private String upstream;

    @Option(names = "--port", paramLabel = "N", description = "Listen on this port (default 8443; 0 for any).")
    private int port = 8443;

    @Option(names = "--listen", paramLabel = "ADDRESS", description = "Listen on this interface (default 127.0.0.1).")
    private String listen = "127.0.0.1";

    @Option(
            names = "--host",
            paramLabel = "POLICY",
            description = "keep (default) the client's Host header as tunnels do, or rewrite it to that of the server.")
    private String host = "keep";

    @Option(
            names = "--path-prefix",
            paramLabel = "/PATH",
            description = "Take this off the front of paths before they are forwarded.")
    private String pathPrefix = "";

    @Option(names = "--save", paramLabel = "FILE", description = "Write the recording there, for replay.")
    private Path save;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private String time;

    @Option(names = "--requests", paramLabel = "N", description = "End after so many exchanges.")
    private long requests = Long.MAX_VALUE;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "What is not answered within this time counts as unanswered (default 10).")
    private String timeout;

    @Option(
            names = "--max-exchanges",
            paramLabel = "N",
            description = "Record so many exchanges (default 1000); all are forwarded.")
    private int mostExchanges = 1_000;

    @Option(
            names = "--max-body",
            paramLabel = "OCTETS",
            description = "Record so much of each body or stream (default 1048576); all of it is forwarded.")
    private int mostOctets = 1_048_576;

    @Option(names = "--ca", paramLabel = "FILE", description = "Trust these certificates (PEM) of the server as well.")
    private Path authority;

    @Option(names = "--insecure", description = "Do not judge the certificate of the server.")
    private boolean insecure;

    @Mixin
    private FormOptions forms = new FormOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Option(names = "--quiet", description = "No lines about what passes.")
    private boolean quiet;

    WatchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Destination> destinations = Destination.of(forms.formats());
        CheckCommand.Style style =
                new CheckCommand.Style(print.words(shell), print.isColoured(shell), ConsoleRenderer.Detail.NORMAL);
        Path file = save == null ? null : Destination.writable("--save", save.toString());
        WatchOptions options = options();
        Duration end = time == null ? null : Arguments.duration("--for", time);
        Instant startedAt = Instant.now();
        Interruption interruption = new Interruption();
        try (Watch watch = start(options)) {
            shell.err()
                    .println("watching " + options.upstream().address() + " at " + watch.address()
                            + " (Ctrl-C ends and reports)");
            shell.err().flush();
            await(watch, end, interruption);
            Watched watched = watch.watched();
            Report report = VisitReport.of(watched.visits(), options.upstream().address(), startedAt);
            if (file != null) {
                keep(file, SessionFile.of(watched, options.upstream().address(), startedAt));
            }
            destinations.forEach(destination -> destination.write(report, shell, style));
            return ExitCode.of(report, Threshold.of("major"), false);
        } finally {
            interruption.close();
        }
    }

    private Watch start(WatchOptions options) {
        try {
            return Watch.start(options, quiet ? line -> {} : this::tell);
        } catch (IOException e) {
            throw new UsageException(
                    "port " + port + " cannot be listened on: " + e.getMessage(), "Take another one with --port.");
        }
    }

    private void tell(String line) {
        shell.err().println(line);
        shell.err().flush();
    }

    private WatchOptions options() {
        Target target = Target.of(origin()).withInsecure(insecure);
        if (insecure && authority != null) {
            throw new UsageException("--ca and --insecure exclude each other", "");
        }
        if (authority != null) {
            TargetOptions.requireCertificates(authority);
            target = target.withAuthority(authority);
        }
        if (timeout != null) {
            target = target.withLimits(Limits.DEFAULT.withTimeout(Arguments.duration("--timeout", timeout)));
        }
        within("--port", port, 0, LAST_PORT);
        within("--max-exchanges", mostExchanges, 1, MOST_EXCHANGES);
        within("--max-body", mostOctets, 1, 64 * 1024 * 1024);
        if (!pathPrefix.isEmpty() && !pathPrefix.matches("/[!-~&&[^?#]]*[!-~&&[^?#/]]")) {
            throw new UsageException("--path-prefix cannot be '" + pathPrefix + "'", "Write it as /PATH.");
        }
        return WatchOptions.of(target)
                .withPort(port)
                .withListen(interfaceAddress())
                .withHost(hostPolicy())
                .withPathPrefix(pathPrefix)
                .withMost(mostExchanges, mostOctets);
    }

    private URI origin() {
        URI url = Address.of(upstream);
        String path = url.getRawPath();
        if (path != null && path.length() > 1 || url.getRawQuery() != null) {
            throw new UsageException(
                    "--upstream takes the address of the server without a path",
                    "Paths are those that clients ask for: give them http://HOST:PORT" + path + " of the watch.");
        }
        return url;
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException(option + " goes from " + least + " to " + most + ", not " + value, "");
        }
    }

    private InetAddress interfaceAddress() {
        try {
            return InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            throw new UsageException("--listen '" + listen + "' is no address of this machine", "Such as 127.0.0.1.");
        }
    }

    private HostPolicy hostPolicy() {
        try {
            return HostPolicy.valueOf(host.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--host cannot be '" + host + "'", "keep or rewrite.");
        }
    }

    /** Until somebody or something ends it. */
    private void await(Watch watch, Duration end, Interruption interruption) throws InterruptedException {
        CountDownLatch over = interruption.over();
        if (end == null && requests == Long.MAX_VALUE && !shell.terminal().in()) {
            InputEnd.await(shell, over);
        }
        long deadline = end == null ? Long.MAX_VALUE : System.nanoTime() + end.toNanos();
        boolean waits = true;
        while (waits) {
            boolean done = watch.finished() >= requests || end != null && System.nanoTime() - deadline >= 0;
            waits = !done && !over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void keep(Path file, SessionFile session) {
        try {
            Files.writeString(file, session.text());
        } catch (IOException e) {
            throw new HarnessException("the recording cannot be written to " + file + ": " + e.getMessage());
        }
    }
}
