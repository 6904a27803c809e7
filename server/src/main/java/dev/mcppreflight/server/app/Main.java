package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.NewApiKey;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.issuer.DemoIssuer;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.store.StoreInPreparation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Starts the server. Standard output carries one line, {@code preflight-server ready http://127.0.0.1:PORT}, or the
 * protocol with {@code --stdio}; everything else goes to standard error.
 */
public final class Main {

    private static final int CANNOT_LISTEN = 1;
    private static final int WRONG_USAGE = 2;
    private static final int STORE_UNAVAILABLE = 1;
    /** What stops containers kills them after ten seconds. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(8);

    private static final Path NO_FOLDER = Path.of("no", "folder");

    private final Map<String, String> environment;
    private final Path folder;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Creates the program on this environment and these streams. */
    Main(Map<String, String> environment, Path folder, InputStream in, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.folder = folder;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs until it is told to end; see {@code --help} for options and exit codes. */
    public static void main(String[] args) {
        PrintStream protocol = System.out;
        // Whatever a library prints must not end up between two messages.
        System.setOut(System.err);
        Main main = new Main(System.getenv(), Path.of(""), System.in, protocol, System.err);
        int exit = main.run(args);
        if (exit >= 0) {
            System.exit(exit);
        }
    }

    private static void configureLogging(String level) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
        System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        // It warns of each font that this machine lacks, and would leave a list of the others in the home folder.
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.pdfbox", "error");
        // It warns of a graphics card that it cannot use, and that nobody has asked for.
        System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
        System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir"));
    }

    /** Returns the exit code, or -1 when the server goes on in the background. */
    int run(String... args) {
        ServerOptions options = new ServerOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            Settings settings = Settings.of(environment, folder);
            if (args.length > 0 && args[0].equals("index")) {
                return index(settings, Arrays.copyOfRange(args, 1, args.length));
            }
            if (args.length > 0 && args[0].equals("rehearse")) {
                return rehearse();
            }
            commandLine.setDefaultValueProvider(settings);
            commandLine.parseArgs(args);
            if (commandLine.isUsageHelpRequested()) {
                commandLine.usage(out);
                return 0;
            }
            if (commandLine.isVersionHelpRequested()) {
                out.println("preflight-server " + ServerIdentity.ofThisBuild().version());
                return 0;
            }
            NewApiKey made = options.auth().newKey();
            if (made != null) {
                out.println(made.key());
                out.println(made.line());
                return 0;
            }
            // Before anything that logs: the level is read once.
            configureLogging(options.logLevel(settings));
            ServerConfig config = options.config(settings);
            StoreChoice store = options.store(settings);
            if (options.printsConfig()) {
                new ConfigPrinter(settings, commandLine.getParseResult()).print(out);
                return 0;
            }
            return serve(options, config, settings, store);
        } catch (ParameterException | Usage e) {
            err.println(
                    "preflight-server: " + e.getMessage().lines().findFirst().orElse("wrong usage") + " (try --help)");
            return WRONG_USAGE;
        }
    }

    private int index(Settings settings, String... args) {
        IndexCommand command = new IndexCommand();
        CommandLine commandLine = new CommandLine(command);
        commandLine.setDefaultValueProvider(settings);
        commandLine.parseArgs(args);
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(out);
            return 0;
        }
        configureLogging(settings.logLevel(settings.get("LOG_LEVEL")));
        try {
            return command.run(settings, out, err);
        } catch (StoreUnavailableException e) {
            err.println("preflight-server: " + e.getMessage());
            return STORE_UNAVAILABLE;
        }
    }

    /** Starts as without options, whatever the environment says, and is its own client. */
    private int rehearse() {
        ByteArrayOutputStream announced = new ByteArrayOutputStream();
        PrintStream announcement = new PrintStream(announced, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        new Main(Map.of(), NO_FOLDER, in, announcement, nowhere).run("--port", "0");
        String address = announced.toString(StandardCharsets.UTF_8).strip();
        try {
            new Rehearsal(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))).run();
            return 0;
        } catch (IOException e) {
            err.println("preflight-server: the rehearsal failed: " + reason(e));
            return CANNOT_LISTEN;
        }
    }

    private int serve(ServerOptions options, ServerConfig planned, Settings settings, StoreChoice choice) {
        StoreInPreparation store = new StoreInPreparation(choice::open, choice.isShared());
        try {
            AtomicReference<String> address = new AtomicReference<>("");
            ServerConfig config = planned;
            if (options.auth().demoIssuer().isAsked()) {
                URI issuer = startIssuer(options.auth().demoIssuer(), address);
                config = options.config(settings, issuer);
            }
            Profile server = options.servesEverything()
                    ? new EverythingServer(choice.shelf())
                    : new DocumentServer(store, choice.model(), Clock.systemUTC(), choice.shelf(), config);
            if (options.servesHttp()) {
                address.set(listen(server, choice.mailbox(), config, options.servesStdio() ? err : out));
                if (!options.servesEverything()) {
                    // After the line that somebody may be waiting for: whoever searches at once waits, whoever connects
                    // does not.
                    store.begin();
                }
            }
            if (!options.servesStdio()) {
                return -1;
            }
            server.stdio(in, out).run();
            return 0;
        } catch (IOException e) {
            err.println("preflight-server: cannot listen on "
                    + planned.http().listening().host() + ":"
                    + planned.http().listening().port() + ": " + reason(e));
            return CANNOT_LISTEN;
        }
    }

    /** The issuer is loaded only when it is asked for: nobody else waits for it. */
    private URI startIssuer(DemoIssuerOptions demo, AtomicReference<String> resource) {
        try {
            DemoIssuer issuer = DemoIssuer.start(new DemoIssuer.Options(
                    demo.port(), new LinkedHashSet<>(Scope.ALL), resource::get, demo.takesLocalClients()));
            Runtime.getRuntime().addShutdownHook(new Thread(issuer::close, "issuer"));
            err.println("Demo issuer " + issuer.url() + ": whoever is at this machine signs in by a click.");
            return issuer.url();
        } catch (IOException e) {
            throw new Usage(e.getMessage());
        }
    }

    private String listen(Profile server, Mailbox replicas, ServerConfig config, PrintStream announcement)
            throws IOException {
        HttpServer http = server.http(config, replicas);
        int port = http.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> http.stop(LAST_ANSWERS), "shutdown"));
        String host = config.http().listening().host();
        String base = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        announcement.println("preflight-server ready " + base);
        announcement.flush();
        String path = config.http().names().publicPath();
        String seen = config.http().names().publicUrl().isEmpty()
                ? base + path
                : config.http().names().publicUrl();
        String rest = server instanceof DocumentServer ? ", REST " + seen + "/docs" : "";
        err.println("Streamable HTTP " + seen + "/mcp, HTTP+SSE " + seen + "/sse" + rest + ". End with Ctrl-C.");
        if (config.signIn() != null) {
            err.println("Users sign in at " + config.signIn().issuer().url() + ".");
        }
        return seen;
    }

    private static String reason(IOException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage();
    }
}
