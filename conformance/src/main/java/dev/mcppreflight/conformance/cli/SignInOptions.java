package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.target.Browser;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.Place;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say how to sign in before the checks. */
final class SignInOptions {

    private static final String SECRET_VARIABLE = "PREFLIGHT_CLIENT_SECRET";
    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--oauth",
            description =
                    "Sign in first, as a client does: registers a client, opens the browser, gets a token. Keeps nothing.")
    private boolean wanted;

    @Option(
            names = "--oauth-grant",
            paramLabel = "KIND",
            description = "code (default), client-credentials, or none: register and look, without a user.")
    private String grant;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "Sign in as this client instead of registering one.")
    private String clientId;

    @Option(
            names = "--client-secret",
            paramLabel = "SECRET",
            description = "Its secret (default $PREFLIGHT_CLIENT_SECRET).")
    private String clientSecret;

    @Option(
            names = "--oauth-scope",
            paramLabel = "SCOPES",
            description = "Ask for these scopes (default: those that the server names).")
    private String scope;

    @Option(
            names = "--oauth-port",
            paramLabel = "PORT",
            description = "Where on 127.0.0.1 the browser comes back to, at /callback (default: any free port).")
    private int port;

    @Option(
            names = "--browser",
            paramLabel = "COMMAND",
            description = "Show the sign-in page with this command (default: print its address).")
    private String browser;

    @Option(
            names = "--oauth-timeout",
            paramLabel = "SECONDS",
            description = "Wait this long for the user (default 120).")
    private String patience;

    @Option(
            names = "--oauth-proxy",
            description =
                    "The authorization server is a proxy of another: also press Allow on its page, to see that it asks"
                            + " for each client and guards its cookies and its state.")
    private boolean proxy;

    @Option(
            names = "--canary",
            paramLabel = "HOST:PORT",
            description =
                    "An inner address of this machine, as the authorization server sees it: listen there for a moment,"
                            + " to see that it reads no client document from it.")
    private String canary;

    /** How to sign in; null where that is not wanted. */
    OAuth oauth(Shell shell) {
        if (!wanted) {
            boolean idle = Stream.of(grant, clientId, clientSecret, scope, browser, patience, canary)
                    .anyMatch(Objects::nonNull);
            if (idle || port != 0 || proxy) {
                throw new UsageException("this option needs --oauth beside it", "Such as --oauth --client-id ID.");
            }
            return null;
        }
        OAuth.Grant kind = kind();
        String variable = shell.environment().getOrDefault(SECRET_VARIABLE, "");
        String secret = clientSecret != null ? clientSecret : clientId == null || variable.isEmpty() ? null : variable;
        if (secret != null && (secret.isBlank() || clientId == null)) {
            throw new UsageException(
                    clientId == null ? "--client-secret needs --client-id" : "--client-secret is empty", "");
        }
        if (kind == OAuth.Grant.CLIENT_CREDENTIALS && clientId != null && secret == null) {
            throw new UsageException(
                    "--oauth-grant client-credentials needs a secret for --client-id",
                    "--client-secret SECRET or $" + SECRET_VARIABLE + ".");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new UsageException("--oauth-port goes up to " + LAST_PORT, "");
        }
        Duration wait = patience == null ? Duration.ofMinutes(2) : Arguments.duration("--oauth-timeout", patience);
        return new OAuth(kind, clientId, secret, scope, port, browser(shell), wait, proxy, canary());
    }

    private Place canary() {
        try {
            return canary == null ? null : Place.of(canary);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--canary '" + canary + "': " + e.getMessage(), "Such as 10.0.0.5:8443.");
        }
    }

    private OAuth.Grant kind() {
        return Arrays.stream(OAuth.Grant.values())
                .filter(kind -> kind.word().equalsIgnoreCase(grant == null ? "code" : grant))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--oauth-grant cannot be '" + grant + "'",
                        Arrays.stream(OAuth.Grant.values())
                                        .map(OAuth.Grant::word)
                                        .collect(Collectors.joining(", ")) + "."));
    }

    private Browser browser(Shell shell) {
        if (browser == null) {
            return page -> {
                shell.err().println("Sign in with a browser on this machine:\n  " + page);
                shell.err().flush();
            };
        }
        List<String> command = new ArrayList<>(List.of(browser.strip().split("\\s+")));
        return page -> start(shell, command, page);
    }

    /** What the browser says goes nowhere: it would spoil the report. */
    private static void start(Shell shell, List<String> command, URI page) {
        List<String> words = new ArrayList<>(command);
        words.add(page.toString());
        try {
            new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            shell.err()
                    .println("preflight: --browser '" + command.get(0) + "' cannot be started. Sign in at:\n  " + page);
            shell.err().flush();
        }
    }
}
