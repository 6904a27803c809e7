package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.target.Limits;
import dev.mcppreflight.conformance.target.OtherTokens;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.ToolCall;
import dev.mcppreflight.conformance.target.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say how to speak to the target. */
final class TargetOptions {

    private static final String BEARER_VARIABLE = "PREFLIGHT_BEARER";

    private static final int CROWD = 30;
    private static final int MOST_CROWD = 10_000;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "auto, sse, streamable or stdio (default auto: find out).")
    private String transport;

    @Option(names = "--revision", paramLabel = "DATE", description = "Revision to offer (default 2025-11-25).")
    private String revision = Target.DEFAULT_REVISION;

    @Option(
            names = "--header",
            paramLabel = "'K: V'",
            description = "Send this header with every request (repeatable).")
    private List<String> headers = List.of();

    @Option(names = "--bearer", paramLabel = "TOKEN", description = "Bearer token (default $PREFLIGHT_BEARER).")
    private String bearer;

    @Option(
            names = "--token-expired",
            paramLabel = "TOKEN",
            description = "A token whose time is over, to see that it is refused (default $PREFLIGHT_TOKEN_EXPIRED).")
    private String expired;

    @Option(
            names = "--token-other-audience",
            paramLabel = "TOKEN",
            description = "A valid token for another server (default $PREFLIGHT_TOKEN_OTHER_AUDIENCE).")
    private String otherAudience;

    @Option(
            names = "--token-low-scope",
            paramLabel = "TOKEN",
            description = "A valid token that does not allow everything (default $PREFLIGHT_TOKEN_LOW_SCOPE).")
    private String lowScope;

    @Option(
            names = "--second-bearer",
            paramLabel = "TOKEN",
            description = "A valid token of another user (default $PREFLIGHT_SECOND_BEARER).")
    private String second;

    @Option(
            names = "--token-other-case",
            paramLabel = "TOKEN",
            description = "A valid token whose audience differs from the address in upper and lower case alone, such as"
                    + " HTTPS://Host/mcp (default $PREFLIGHT_TOKEN_OTHER_CASE).")
    private String otherCase;

    @Option(
            names = "--token-no-audience",
            paramLabel = "TOKEN",
            description = "A token of the same authorization server that does not say for which server it is (default"
                    + " $PREFLIGHT_TOKEN_NO_AUDIENCE).")
    private String noAudience;

    @Option(
            names = "--token-broad-scope",
            paramLabel = "TOKEN",
            description =
                    "A valid token whose scope holds that of a tool without naming it, such as one to write where the"
                            + " tool reads (default $PREFLIGHT_TOKEN_BROAD_SCOPE).")
    private String broadScope;

    @Option(names = "--env", paramLabel = "K=V", description = "Set a variable for the command (repeatable).")
    private List<String> variables = List.of();

    @Option(
            names = "--call",
            paramLabel = "TOOL=JSON",
            description = "Allow calling this tool with these arguments (repeatable)."
                    + " Otherwise only tools with readOnlyHint are called.")
    private List<String> calls = List.of();

    @Option(
            names = "--upstream-echo",
            paramLabel = "TOOL=JSON",
            description =
                    "Call this tool, whose result shows the headers that a service behind the server was sent, to see"
                            + " that the token goes no further.")
    private String upstreamEcho;

    @Option(
            names = "--handle-tool",
            paramLabel = "GIVE:USE=JSON",
            description =
                    "A tool that gives out a handle of what it keeps, and one that takes it, with its arguments and"
                            + " {handle} in them: see that handles are of no use to others.")
    private String handleTool;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Wait this long for an answer (default 10).")
    private String timeout;

    @Option(
            names = "--soak",
            paramLabel = "SECONDS",
            description =
                    "Also load the server, and leave streams and sessions alone for so long (80 finds most limits).")
    private String soak;

    @Option(
            names = "--crowd",
            paramLabel = "COUNT",
            description = "Let so many clients come at once, and see who is served (2 to 10000; with --soak 30).")
    private Integer crowd;

    @Option(
            names = "--resolve",
            paramLabel = "NAME:PORT:ADDRESS[:PORT]",
            description = "Connect to this address for that name and port, as curl does (repeatable); the checks judge"
                    + " the name.")
    private List<String> resolutions = List.of();

    @Option(names = "--ca", paramLabel = "FILE", description = "Trust these certificates (PEM) as well.")
    private Path authority;

    @Option(names = "--insecure", description = "Do not judge certificates.")
    private boolean insecure;

    /** How long to load the target; zero for not at all. */
    Duration soak() {
        return soak == null ? Duration.ZERO : Arguments.duration("--soak", soak);
    }

    /** The target at this address. */
    Target at(URI url, Map<String, String> environment) {
        if (!variables.isEmpty()) {
            throw new UsageException("--env is for commands", "Use --header for an address.");
        }
        if (insecure && authority != null) {
            throw new UsageException("--ca and --insecure exclude each other", "");
        }
        Transport spoken = transport(Transport.AUTO);
        if (spoken == Transport.STDIO) {
            throw new UsageException("stdio needs a command, not an address", "Such as: check -- node server.js");
        }
        Target target = Target.of(url).withTransport(spoken).withInsecure(insecure);
        for (String header : headers) {
            Map.Entry<String, String> entry = Arguments.header(header);
            target = target.withHeader(entry.getKey(), entry.getValue());
        }
        target = withBearer(target, environment)
                .withOtherTokens(new OtherTokens(
                        token("--token-expired", expired, environment),
                        token("--token-other-audience", otherAudience, environment),
                        token("--token-low-scope", lowScope, environment),
                        token("--second-bearer", second, environment),
                        token("--token-other-case", otherCase, environment),
                        token("--token-no-audience", noAudience, environment),
                        token("--token-broad-scope", broadScope, environment)));
        if (authority != null) {
            requireCertificates(authority);
            target = target.withAuthority(authority);
        }
        return common(target.withResolutions(Arguments.resolutions(resolutions)));
    }

    /** The target behind this command. */
    Target by(List<String> command) {
        return by(command, Map.of());
    }

    /** The target behind this command, with variables that its configuration sets; those of --env count more. */
    Target by(List<String> command, Map<String, String> configured) {
        boolean tokens = Stream.of(bearer, expired, otherAudience, lowScope, second, otherCase, noAudience, broadScope)
                .anyMatch(Objects::nonNull);
        if (!headers.isEmpty() || tokens || authority != null || insecure || !resolutions.isEmpty()) {
            throw new UsageException(
                    "--header, tokens, --ca, --resolve and --insecure are for addresses", "Use --env for a command.");
        }
        if (transport(Transport.STDIO) != Transport.STDIO) {
            throw new UsageException("a command is spoken to over stdio", "Leave out --transport.");
        }
        Map<String, String> environment = new LinkedHashMap<>(configured);
        for (String variable : variables) {
            Map.Entry<String, String> entry = Arguments.variable(variable);
            environment.put(entry.getKey(), entry.getValue());
        }
        Target plain = Target.of(command);
        return common(new Target(
                null,
                command,
                environment,
                Transport.STDIO,
                plain.revision(),
                plain.headers(),
                null,
                plain.calls(),
                plain.limits(),
                null,
                false,
                plain.otherTokens(),
                null,
                null,
                List.of()));
    }

    private Target common(Target target) {
        Target result = target.withRevision(revision());
        for (String call : calls) {
            result = result.withCall(Arguments.call("--call", call));
        }
        if (upstreamEcho != null) {
            ToolCall echo = Arguments.call("--upstream-echo", upstreamEcho);
            result = result.withCall(new ToolCall(echo.tool(), echo.arguments(), true));
        }
        if (handleTool != null) {
            result = result.withHandles(Arguments.handles("--handle-tool", handleTool));
        }
        Limits limits = Limits.DEFAULT.withCrowd(crowd());
        return result.withLimits(
                timeout == null ? limits : limits.withTimeout(Arguments.duration("--timeout", timeout)));
    }

    private int crowd() {
        if (crowd == null) {
            return soak == null ? 0 : CROWD;
        }
        if (crowd < 2 || crowd > MOST_CROWD) {
            throw new UsageException("--crowd cannot be " + crowd, "It goes from 2 to " + MOST_CROWD + ".");
        }
        return crowd;
    }

    private Target withBearer(Target target, Map<String, String> environment) {
        boolean header =
                target.headers().stream().anyMatch(entry -> entry.getKey().equalsIgnoreCase("Authorization"));
        if (bearer != null) {
            if (header) {
                throw new UsageException("--bearer and --header Authorization exclude each other", "");
            }
            return target.withBearer(Arguments.bearer("--bearer", bearer));
        }
        String variable = environment.getOrDefault(BEARER_VARIABLE, "");
        return header || variable.isEmpty()
                ? target
                : target.withBearer(Arguments.bearer("$" + BEARER_VARIABLE, variable));
    }

    /** The value of the option, else that of the variable of its name; null for neither. */
    private static String token(String option, String value, Map<String, String> environment) {
        if (value != null) {
            return Arguments.bearer(option, value);
        }
        String name = "PREFLIGHT_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        String variable = environment.getOrDefault(name, "");
        return variable.isEmpty() ? null : Arguments.bearer("$" + name, variable);
    }

    private Transport transport(Transport otherwise) {
        if (transport == null || transport.equalsIgnoreCase(Transport.AUTO.word())) {
            return otherwise;
        }
        try {
            return Transport.of(transport);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--transport: " + e.getMessage(), "");
        }
    }

    /** Revisions after the default one have no initialize handshake to offer them in. */
    private String revision() {
        List<String> offered = new ArrayList<>(Revision.ALL);
        offered.removeIf(candidate -> candidate.compareTo(Target.DEFAULT_REVISION) > 0);
        if (!offered.contains(revision)) {
            throw new UsageException(
                    "--revision '" + revision + "' cannot be offered", "One of " + String.join(", ", offered) + ".");
        }
        return revision;
    }

    static void requireCertificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw new UsageException("--ca " + file + " holds no certificate", "It takes PEM.");
            }
        } catch (IOException e) {
            throw new UsageException("--ca " + file + " cannot be read", "");
        } catch (CertificateException e) {
            throw new UsageException("--ca " + file + " holds no certificate in PEM", "");
        }
    }
}
