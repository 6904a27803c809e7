package dev.mcppreflight.conformance.target;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is examined: an address or a command, how to speak to it, with which credentials and within which limits.
 *
 * @param url the address as the operator gave it; null for a command
 * @param command the command and its arguments; empty for an address
 * @param environment variables added to the command's environment
 * @param transport how to speak; {@link Transport#AUTO} finds out
 * @param revision the revision to offer, such as 2025-11-25
 * @param headers headers for every request, as the operator gave them
 * @param bearer a bearer token, or null
 * @param calls the tools that the operator allows to be called
 * @param limits how long to wait and how much to read
 * @param authority a file of trusted certificates (PEM) beside the system's, or null
 * @param insecure accept any certificate; the report says so
 * @param otherTokens tokens that unlock checks of their own
 * @param oauth how to sign in before the checks, or null
 * @param handles a pair of tools that give out and take handles, or null
 * @param resolutions where names lead that the resolver of this machine does not decide
 */
public record Target(
        URI url,
        List<String> command,
        Map<String, String> environment,
        Transport transport,
        String revision,
        List<Map.Entry<String, String>> headers,
        String bearer,
        List<ToolCall> calls,
        Limits limits,
        Path authority,
        boolean insecure,
        OtherTokens otherTokens,
        OAuth oauth,
        HandleTools handles,
        List<Resolution> resolutions) {

    private static final int SHORTEST_SECRET = 8;

    /** The modern revision with an initialize handshake, offered by default. */
    public static final String DEFAULT_REVISION = "2025-11-25";

    /** Copies the lists. */
    public Target {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        headers = List.copyOf(headers);
        calls = List.copyOf(calls);
        resolutions = List.copyOf(resolutions);
    }

    /** An address with every default. */
    public static Target of(URI url) {
        return new Target(
                url,
                List.of(),
                Map.of(),
                Transport.AUTO,
                DEFAULT_REVISION,
                List.of(),
                null,
                List.of(),
                Limits.DEFAULT,
                null,
                false,
                OtherTokens.NONE,
                null,
                null,
                List.of());
    }

    /** A command with every default, spoken to over its standard streams. */
    public static Target of(List<String> command) {
        return new Target(
                null,
                command,
                Map.of(),
                Transport.STDIO,
                DEFAULT_REVISION,
                List.of(),
                null,
                List.of(),
                Limits.DEFAULT,
                null,
                false,
                OtherTokens.NONE,
                null,
                null,
                List.of());
    }

    public Target withTransport(Transport value) {
        return with(draft -> draft.transport = value);
    }

    public Target withRevision(String value) {
        return with(draft -> draft.revision = value);
    }

    public Target withHeader(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return with(draft -> draft.headers = more);
    }

    /** These headers in place of those that the operator gave. */
    public Target withHeaders(List<Map.Entry<String, String>> value) {
        return with(draft -> draft.headers = value);
    }

    public Target withBearer(String value) {
        return with(draft -> draft.bearer = value);
    }

    public Target withCall(ToolCall call) {
        List<ToolCall> more = new ArrayList<>(calls);
        more.add(call);
        return with(draft -> draft.calls = more);
    }

    public Target withLimits(Limits value) {
        return with(draft -> draft.limits = value);
    }

    public Target withTimeout(Duration value) {
        return withLimits(limits.withTimeout(value));
    }

    public Target withAuthority(Path value) {
        return with(draft -> draft.authority = value);
    }

    public Target withInsecure(boolean value) {
        return with(draft -> draft.insecure = value);
    }

    public Target withOtherTokens(OtherTokens value) {
        return with(draft -> draft.otherTokens = value);
    }

    /** Signs in before the checks. */
    public Target withOAuth(OAuth value) {
        return with(draft -> draft.oauth = value);
    }

    /** Tries handles by these tools. */
    public Target withHandles(HandleTools value) {
        return with(draft -> draft.handles = value);
    }

    /** Connects to these places in place of what the resolver of this machine says. */
    public Target withResolutions(List<Resolution> value) {
        return with(draft -> draft.resolutions = value);
    }

    /** Whether a command rather than an address. */
    public boolean isCommand() {
        return !command.isEmpty();
    }

    /** Whether the operator gave any credential. */
    public boolean hasCredentials() {
        return bearer != null || !headers.isEmpty();
    }

    /** The address, or the command in one line. */
    public String address() {
        return isCommand() ? String.join(" ", command) : url.toString();
    }

    /** The values that must appear in no output: tokens, header values, values of the query and of
     * the environment, and user information. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        if (bearer != null) {
            secrets.add(bearer);
        }
        secrets.addAll(otherTokens.all());
        if (oauth != null && oauth.clientSecret() != null) {
            secrets.add(oauth.clientSecret());
        }
        for (Map.Entry<String, String> header : headers) {
            secrets.add(header.getValue());
            int space = header.getValue().indexOf(' ');
            if (space > 0) {
                secrets.add(header.getValue().substring(space + 1).trim());
            }
        }
        if (url != null && url.getRawUserInfo() != null) {
            secrets.add(url.getRawUserInfo());
        }
        if (url != null && url.getRawQuery() != null) {
            for (String parameter : url.getRawQuery().split("&")) {
                addIfLong(secrets, parameter.substring(parameter.indexOf('=') + 1));
            }
        }
        environment.values().forEach(value -> addIfLong(secrets, value));
        return secrets;
    }

    /** A short value such as "true" is no secret, and taking it out of all evidence would make that unreadable. */
    private static void addIfLong(List<String> secrets, String value) {
        if (value.length() >= SHORTEST_SECRET) {
            secrets.add(value);
        }
    }

    @Override
    public String toString() {
        return "Target[" + (isCommand() ? command.get(0) : url.getHost()) + ", " + transport + "]";
    }

    private Target with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.target();
    }

    /** The components while one of them is exchanged; whoever adds one adds it here and nowhere else. */
    private static final class Draft {

        private URI url;
        private List<String> command;
        private Map<String, String> environment;
        private Transport transport;
        private String revision;
        private List<Map.Entry<String, String>> headers;
        private String bearer;
        private List<ToolCall> calls;
        private Limits limits;
        private Path authority;
        private boolean insecure;
        private OtherTokens otherTokens;
        private OAuth oauth;
        private HandleTools handles;
        private List<Resolution> resolutions;

        Draft(Target target) {
            url = target.url;
            command = target.command;
            environment = target.environment;
            transport = target.transport;
            revision = target.revision;
            headers = target.headers;
            bearer = target.bearer;
            calls = target.calls;
            limits = target.limits;
            authority = target.authority;
            insecure = target.insecure;
            otherTokens = target.otherTokens;
            oauth = target.oauth;
            handles = target.handles;
            resolutions = target.resolutions;
        }

        Target target() {
            return new Target(
                    url,
                    command,
                    environment,
                    transport,
                    revision,
                    headers,
                    bearer,
                    calls,
                    limits,
                    authority,
                    insecure,
                    otherTokens,
                    oauth,
                    handles,
                    resolutions);
        }
    }
}
