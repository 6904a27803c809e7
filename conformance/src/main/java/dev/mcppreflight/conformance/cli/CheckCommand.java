package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.report.ConsoleRenderer;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Words;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a target and reports. */
@Command(
        name = "check",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "preflight check [OPTIONS] URL",
            "       preflight check [OPTIONS] -- COMMAND ARGS...",
            "       preflight check [OPTIONS] --targets FILE",
            "       preflight check [OPTIONS]"
        },
        description = "Check a server at an address, a server that a command starts, or the reference server.",
        footer = {"", "Exit codes: 0 nothing wrong, 1 findings, 2 wrong usage, 3 this tool failed."})
final class CheckCommand implements Callable<Integer> {

    private static final int MOST_THREADS = 64;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "URL", description = "Address of the server, or -- and a command.")
    private List<String> words = List.of();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private FleetOptions fleetOptions = new FleetOptions();

    @Mixin
    private SignInOptions signInOptions = new SignInOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Check a server of a desktop host's file, such as claude_desktop_config.json.")
    private Path configuration;

    @Option(names = "--entry", paramLabel = "NAME", description = "Which server of that file, where it has several.")
    private String entry = "";

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            description = "Only checks with these tags, such as '@must and @sse'.")
    private String tags;

    @Option(names = "--level", paramLabel = "LEVEL", description = "Only checks of at least must, should or may.")
    private String level = Level.ADVISORY.word();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Play this client's own sequence as well, with its user agent, and report on it"
                    + " (repeatable): see list clients.")
    private List<String> clients = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Checks at once (default 4).")
    private int threads = 4;

    @Option(names = "--require-all", description = "Count what was not tested or blocked as a finding.")
    private boolean requireAll;

    @Option(
            names = "--features",
            paramLabel = "FOLDER",
            description = "Also play the features of your own in this folder (repeatable).")
    private List<Path> features = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "WEIGHT",
            description = "Exit with 1 for a blocker, major (default), warning, or never.")
    private String failOn = "major";

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Accept the findings in this file; an entry that is no longer true is a finding.")
    private Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "Write all findings there, as accepted.")
    private Path newBaseline;

    @Mixin
    private FormOptions forms = new FormOptions();

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Option(names = "--quiet", description = "No progress, and nothing on the console beyond verdict and causes.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Each finding on the console with what went over the wire.")
    private boolean verbose;

    /** What is known of the target before it is spoken to. */
    private UnaryOperator<Preflight> known = UnaryOperator.identity();

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Destination> destinations = Destination.of(formats());
        Style style = style();
        List<String> command = command();
        if (fleetOptions.file() != null) {
            return checkAll(destinations, style);
        }
        if (destinations.stream().anyMatch(Destination::isForEach)) {
            throw new UsageException("{target} in the name of a file is for --targets", "");
        }
        if (configuration != null) {
            return checkConfigured(destinations, style);
        }
        if (!entry.isEmpty()) {
            throw new UsageException("--entry names a server of --config", "Such as: --config FILE --entry NAME");
        }
        if (!command.isEmpty()) {
            return check(signingIn(targetOptions.by(command)), destinations, style);
        }
        if (words.size() > 1) {
            throw new UsageException(
                    "check takes one address, and got " + words.size() + " words",
                    "Quote values with blanks, and put -- before a command.");
        }
        if (words.size() == 1) {
            Target target = targetOptions.at(Address.of(words.get(0)), shell.environment());
            return check(signingIn(target), destinations, style);
        }
        return checkReferenceServer(destinations, style);
    }

    private List<String> formats() {
        return json ? Stream.concat(Stream.of("json"), forms.formats().stream()).toList() : forms.formats();
    }

    private int checkAll(List<Destination> destinations, Style style) {
        if (!words.isEmpty() || configuration != null || !entry.isEmpty()) {
            throw new UsageException("either a target or --targets, not both", "");
        }
        if (baseline != null || newBaseline != null || signInOptions.oauth(shell) != null) {
            throw new UsageException("--baseline, --write-baseline and --oauth are for one target", "");
        }
        Threshold threshold = Threshold.of(failOn);
        int parallel = fleetOptions.parallel();
        List<TargetList.Entry> entries = TargetList.read(fleetOptions.file());
        Map<TargetList.Entry, Target> targets = new LinkedHashMap<>();
        for (TargetList.Entry one : entries) {
            targets.put(
                    one,
                    one.url() == null
                            ? targetOptions.by(one.command())
                            : targetOptions.at(one.url(), shell.environment()));
        }
        FleetCheck.requireOneHost(entries, targets);
        if (!targetOptions.soak().isZero()
                || targets.values().stream().anyMatch(target -> target.limits().crowd() > 0)) {
            throw new UsageException("--soak and --crowd load one server at a time", "Leave them out with --targets.");
        }
        Map<TargetList.Entry, Preflight> prepared = new LinkedHashMap<>();
        targets.forEach((one, target) -> prepared.put(one, prepared(target)));
        return new FleetCheck(shell, style, destinations, report -> ExitCode.of(report, threshold, requireAll))
                .run(prepared, parallel, quiet);
    }

    private int checkConfigured(List<Destination> destinations, Style style) {
        if (!words.isEmpty()) {
            throw new UsageException("either a target or --config, not both", "");
        }
        DesktopConfiguration read = DesktopConfiguration.read(configuration, entry);
        known = preflight -> preflight.configured(read.file(), read.evidence());
        return check(targetOptions.by(read.command(), read.environment()), destinations, style);
    }

    private int checkReferenceServer(List<Destination> destinations, Style style) {
        // The options are judged before a server is started for nothing.
        prepared(signingIn(targetOptions.at(URI.create("http://127.0.0.1/mcp"), shell.environment())));
        try (ReferenceServer server = ReferenceServer.start()) {
            URI url = URI.create(server.address() + "/mcp");
            return check(signingIn(targetOptions.at(url, shell.environment())), destinations, style);
        }
    }

    private int check(Target target, List<Destination> destinations, Style style) {
        Threshold threshold = Threshold.of(failOn);
        Baselines baselines = new Baselines(baseline, newBaseline);
        Report report;
        try (Progress progress = new Progress(LiveLine.on(shell, !quiet), style.words())) {
            report = known.apply(prepared(target)).onProgress(progress).run();
        }
        if (report.checks().isEmpty()) {
            throw new UsageException(
                    "no check fits", "See --tags, --level and --transport, and: " + shell.program() + " list checks");
        }
        Report judged = baselines.applyTo(report);
        destinations.forEach(destination -> destination.write(judged, shell, style));
        return ExitCode.of(judged, threshold, requireAll);
    }

    private Target signingIn(Target target) {
        OAuth oauth = signInOptions.oauth(shell);
        if (oauth != null && target.isCommand()) {
            throw new UsageException("--oauth is for addresses", "Use --env for a command.");
        }
        if (oauth != null && target.bearer() != null) {
            throw new UsageException("--oauth and a bearer token exclude each other", "Is $PREFLIGHT_BEARER set?");
        }
        return oauth == null ? target : target.withOAuth(oauth);
    }

    private Preflight prepared(Target target) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new UsageException("--threads goes from 1 to " + MOST_THREADS + ", not " + threads, "");
        }
        Preflight prepared;
        try {
            prepared = Preflight.of(target)
                    .tags(tags)
                    .level(level())
                    .threads(threads)
                    .clients(clients())
                    .soak(targetOptions.soak());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tags '" + tags + "': " + oneLine(e), "Such as '@must and not @sse'.");
        }
        try {
            for (Path folder : features) {
                prepared = prepared.features(folder);
            }
            return prepared;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--features: " + oneLine(e), "");
        }
    }

    private static String oneLine(IllegalArgumentException e) {
        return e.getMessage() == null ? "" : e.getMessage().replaceAll("\\s+", " ");
    }

    private List<String> clients() {
        List<String> known = Catalogue.clientNames();
        List<String> names = clients.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        for (String name : names) {
            if (!known.contains(name)) {
                String question = Nearest.question(name, known);
                throw new UsageException(
                        "--client '" + name + "' is not known",
                        question.isEmpty() ? "One of " + String.join(", ", known) + "." : question);
            }
        }
        return names;
    }

    private Level level() {
        try {
            return Level.valueOf(level.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("there is no level '" + level + "'", "must, should, may or advisory.");
        }
    }

    /** The words after '--'; empty where there is none. */
    private List<String> command() {
        List<String> original = spec.commandLine().getParseResult().originalArgs();
        int delimiter = original.indexOf("--");
        if (delimiter < 0) {
            return List.of();
        }
        int count = original.size() - delimiter - 1;
        if (count == 0) {
            throw new UsageException("no command after --", "Such as: check -- node server.js");
        }
        if (count < words.size()) {
            throw new UsageException("either an address or a command, not both", "");
        }
        return words;
    }

    private Style style() {
        if (quiet && verbose) {
            throw new UsageException("--quiet and --verbose exclude each other", "");
        }
        ConsoleRenderer.Detail detail = quiet
                ? ConsoleRenderer.Detail.CAUSES
                : verbose ? ConsoleRenderer.Detail.EXCHANGES : ConsoleRenderer.Detail.NORMAL;
        return new Style(print.words(shell), print.isColoured(shell), detail);
    }

    /** How the console is written. */
    record Style(Words words, boolean coloured, ConsoleRenderer.Detail detail) {}
}
