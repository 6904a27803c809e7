package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong arguments: exit code 2, what is wrong in one line, what to do in another, nothing on standard output. */
class UsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "check localhost:3000/mcp                         | Did you mean http://localhost:3000/mcp ?",
                "check mcp.example.com/sse                        | Did you mean https://mcp.example.com/sse ?",
                "check ftp://host/                                | Use http or https.",
                "check http://                                    | is not a URL",
                "check http://my_host:1/                          | has no host",
                "check http://host:99999/                         | port 99999 does not exist",
                "check http://host/a%zz                           | is not a URL",
                "check http://a/ http://b/                        | one address",
                "check server.js                                  | put -- before a command",
                "check http://a/ -- node x                        | not both",
                "check --                                         | no command after --",
                "check http://a/ --header nothing                 | a colon and a value",
                "check http://a/ --header X-Key:                  | empty value",
                "check http://a/ --header a b:c                   | ",
                "check http://a/ --bearer Bearer~x                | the token alone",
                "check http://a/ --bearer x --header Authorization:y | exclude each other",
                "check http://a/ --call search                    | an equals sign and a JSON object",
                "check http://a/ --call search={                  | are not JSON",
                "check http://a/ --call search=[]                 | a JSON array, not an object",
                "check http://a/ --timeout soon                   | Write seconds",
                "check http://a/ --timeout 0                      | It goes from",
                "check http://a/ --threads 0                      | --threads goes from 1",
                "check http://a/ --threads many                   | --threads",
                "check http://a/ --transport pigeon               | auto, sse, streamable or stdio",
                "check http://a/ --transport stdio                | needs a command",
                "check --transport sse -- node x                  | over stdio",
                "check --bearer x -- node x                       | are for addresses",
                "check --token-expired x -- node x                | are for addresses",
                "check http://a/ --token-low-scope Bearer~x       | the token alone",
                "check http://a/ --client-id x                    | --oauth beside it",
                "check http://a/ --oauth --oauth-grant password   | code, client-credentials, none",
                "check http://a/ --oauth --client-id x --oauth-grant client-credentials | PREFLIGHT_CLIENT_SECRET",
                "check http://a/ --oauth --client-secret x        | needs --client-id",
                "check http://a/ --oauth --bearer x               | exclude each other",
                "check http://a/ --oauth --oauth-port 70000       | up to 65535",
                "check http://a/ --oauth --oauth-timeout soon     | Write seconds",
                "check --oauth -- node x                          | is for addresses",
                "check http://a/ --env A=B                        | is for commands",
                "check http://a/ --revision 2020-01-01            | One of 2024-11-05",
                "check http://a/ --ca no-such-file                | cannot be read",
                "check http://a/ --ca pom.xml --insecure          | exclude each other",
                "check http://a/ --resolve a                      | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:80                   | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:80:b.example         | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:80:1.2.3.256         | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:80:1.2.3             | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:80:::1               | stands in brackets",
                "check http://a/ --resolve a:80:[1::2::3]         | NAME:PORT:ADDRESS",
                "check http://a/ --resolve *:80:127.0.0.1         | NAME:PORT:ADDRESS",
                "check http://a/ --resolve a:0:127.0.0.1          | port 0 does not exist",
                "check http://a/ --resolve a:80:127.0.0.1:70000   | port 70000 does not exist",
                "check http://a/ --resolve a:80:127.0.0.1 --resolve A:80:127.0.0.2 | names a:80 twice",
                "check --resolve a:80:127.0.0.1 -- node x         | are for addresses",
                "check http://a/ --level high                     | must, should, may or advisory",
                "check http://a/ --tags (@must                    | --tags '(@must'",
                "check http://a/ --format pdf                     | console, html, markdown, json, junit",
                "check http://a/ --baseline no-such-file          | --write-baseline",
                "check http://a/ --baseline pom.xml               | --baseline pom.xml is no",
                "check http://a/ --write-baseline src             | cannot be written",
                "check http://a/ --baseline a --write-baseline b  | exclude each other",
                "check http://a/ --fail-on sunday                 | blocker, major, warning or never",
                "check http://a/ --lang de                        | en or fr",
                "check http://a/ --quiet --verbose                | exclude each other",
                "diff                                             | two reports",
                "diff a.json                                      | two reports",
                "diff no-such.json pom.xml                        | cannot be read",
                "diff pom.xml pom.xml                             | is not JSON",
                "diff pom.xml pom.xml --format yaml               | console, markdown or json",
                "check http://a/ --format json --format console   | only one --format",
                "check http://a/ --format json=src                | cannot be written",
                "check http://a/ --color green                    | auto, always or never",
                "check http://a/ --colour=never                   | Unknown option",
                "chekc                                            | check",
                "fault                                            | fault --list",
                "fault NET-0055                                   | Did you mean NET-",
                "explain                                          | explain NET-005",
                "explain MCP-SSE-0003                             | Did you mean MCP-SSE-003",
                "list                                             | checks, causes, clients, faults or requirements",
                "list nothing                                     | checks, causes, clients, faults or requirements",
                "list faults --format yaml                        | console or json",
                "watch                                            | --upstream",
                "watch --upstream localhost:3000                  | Did you mean http://localhost:3000 ?",
                "watch --upstream http://a/mcp                    | without a path",
                "watch --upstream http://a --port 70000           | --port goes from 0 to 65535",
                "watch --upstream http://a --host drop            | keep or rewrite",
                "watch --upstream http://a --path-prefix x        | /PATH",
                "watch --upstream http://a --listen no_such.host. | no address of this machine",
                "watch --upstream http://a --for never            | Write seconds",
                "watch --upstream http://a --max-body 0           | --max-body goes from 1",
                "watch --upstream http://a --save src             | cannot be written",
                "watch --upstream http://a --ca pom.xml --insecure | exclude each other",
                "watch --upstream http://a --format pdf           | console, html, markdown, json, junit",
                "replay                                           | a recording and an address",
                "replay no-such.json http://a/                    | cannot be read",
                "replay pom.xml http://a/                         | watch --save FILE",
                "replay pom.xml a/                                | ",
            })
    void isToldInALineAndAHint(String line, String part) {
        String[] arguments = List.of(line.split(" +")).stream()
                .map(word -> word.replace('~', ' '))
                .toArray(String[]::new);
        Run run = Run.of(arguments);
        assertEquals(2, run.exit(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("preflight: "), run.err());
        assertTrue(part == null || run.err().contains(part), run.err());
        assertTrue(run.err().lines().count() <= 2, run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }

    @Test
    void aLineBreakInAHeaderIsRefused() {
        Run run = Run.of("check", "http://a/", "--header", "X-Key: secret\r\nX-Other: 1");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("line break"));
    }

    @Test
    void noMessageRepeatsWhatMayBeASecret() {
        for (Run run : List.of(
                Run.of("check", "--header", "Authorization Bearer s3cr3t-value", "http://a/"),
                Run.of("check", "--header", "X-Key: s3cr3t-value\n", "--header", "Y: s3cr3t-value\u0000", "http://a/"),
                Run.of("check", "--bearer", "Bearer s3cr3t-value", "http://a/"),
                Run.of("check", "--header", "Authorization:", "Bearer", "s3cr3t-value", "http://a/"),
                Run.of("check", "http://user:s3cr3t-value@my_host/"),
                Run.of("check", "http://my_host/?key=s3cr3t-value"),
                Run.with(Map.of("PREFLIGHT_BEARER", "Bearer s3cr3t-value"), "check", "http://a/"))) {
            assertEquals(2, run.exit(), run.err());
            assertFalse(run.err().contains("s3cr3t-value"), run.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5000", "0.5, 500", "5s, 5000", "500ms, 500", "1.5s, 1500", "2m, 120000", "' 3 ', 3000"})
    void timesAreReadAsPeopleWriteThem(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), Arguments.duration("--timeout", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:3000/mcp", "https://[::1]:8443/sse", "HTTP://Host/a?b=c", " http://a/ "})
    void addressesAreReadAsTheyAre(String text) {
        assertEquals(text.strip(), Address.of(text).toString());
    }

    @Test
    void addressesLoseTheirFragment() {
        assertEquals("http://a/mcp", Address.of("http://a/mcp#top").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "fault", "explain", "list", "coverage", "diff", "watch", "replay"})
    void helpAndVersionAreEverywhere(String command) {
        String[] help = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
        Run run = Run.of(help);
        assertEquals(0, run.exit());
        assertTrue(run.out().startsWith("Usage: preflight"), run.out());
        assertEquals("", run.err());
        assertEquals(
                List.of(), run.out().lines().filter(line -> line.length() > 80).toList());
        assertTrue(run.out().contains("Exit codes: 0 "), run.out());
        help[help.length - 1] = "--version";
        assertTrue(Run.of(help).out().matches("preflight \\d+\\.\\d+\\.\\d+\\R"));
    }

    @Test
    void shellsCompleteWhatThereIs() {
        Run run = Run.of("generate-completion");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("complete -F _complete_preflight"), run.out());
        assertTrue(run.out().contains("--write-baseline"), run.out());
    }

    @Test
    void nearestNamesComeInTheirOrder() {
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(List.of("NET-005", "NET-009"), Nearest.to("net-05", List.of("NET-009", "NET-005", "SSE-024")));
        assertEquals(List.of(), Nearest.to("something", List.of("NET-009")));
    }
}
