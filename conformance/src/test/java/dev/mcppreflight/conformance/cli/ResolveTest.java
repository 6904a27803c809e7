package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --resolve}: the name is judged, the address is where it is spoken to. */
class ResolveTest {

    private static final String AUTHORITY = "../fixtures/tls/named-ca.pem";

    @ParameterizedTest
    @CsvSource({
        "docs.example.org:443:127.0.0.1,       docs.example.org, 443,   127.0.0.1, 443",
        "docs.example.org:443:127.0.0.1:18443, docs.example.org, 443,   127.0.0.1, 18443",
        "Docs.Example.ORG:80:10.0.0.255,       docs.example.org, 80,    10.0.0.255, 80",
        "my_host-2:65535:[::1],                my_host-2,        65535, ::1,       65535",
        "a.example:443:[2001:db8::7]:8443,     a.example,        443,   2001:db8::7, 8443",
    })
    void anEntryIsRead(String text, String host, int port, String address, int toPort) {
        assertEquals(List.of(new Resolution(host, port, address, toPort)), Arguments.resolutions(List.of(text)));
    }

    @Test
    void severalEntriesStandBesideEachOther() {
        assertEquals(
                List.of(
                        new Resolution("a.example", 443, "127.0.0.1", 443),
                        new Resolution("a.example", 80, "127.0.0.1", 8080),
                        new Resolution("b.example", 443, "::1", 443)),
                Arguments.resolutions(
                        List.of("a.example:443:127.0.0.1", "a.example:80:127.0.0.1:8080", "b.example:443:[::1]")));
    }

    /** It guards itself against DNS rebinding, and sees by the header that it is spoken to by a name it does not know. */
    @Test
    void theNameIsJudgedAndTheAddressSpokenTo() throws Exception {
        try (FaultyServer server = start("deviation: {}")) {
            Json report = check(server, "--ca", AUTHORITY);
            assertEquals("SEC-001", firstCause(report));
            assertEquals(
                    "https://docs.example.org/mcp",
                    report.get("target").get("url").text());
        }
    }

    @Test
    void theCertificateIsJudgedByTheName() throws Exception {
        try (FaultyServer server = start("deviation: {}")) {
            assertEquals("NET-011", firstCause(check(server)));
        }
        try (FaultyServer server = FaultyServer.start(Fault.of(Yaml.parse(
                "id: X-001\ntitle: a server\ntransport: streamable\ntls: healthy\ndeviation: {}", "test")))) {
            assertEquals("NET-013", firstCause(check(server, "--ca", "../fixtures/tls/ca.pem")));
        }
    }

    @Test
    void aRedirectIsOneOnThatName() throws Exception {
        String slash = "deviation: {reply: {when: {path: /mcp}, status: 307, headers: {Location: "
                + "\"https://docs.example.org/mcp/\"}}}";
        try (FaultyServer server = start(slash)) {
            assertEquals("HTTP-002", firstCause(check(server, "--ca", AUTHORITY)));
        }
    }

    @Test
    void anotherPortIsLookedUpAsEver() {
        Run run = Run.of(
                "check",
                "http://preflight.invalid:8081/mcp",
                "--resolve",
                "preflight.invalid:8080:127.0.0.1:9",
                "--format",
                "json");
        assertEquals("NET-001", firstCause(Json.parse(run.out())));
    }

    private static FaultyServer start(String deviation) throws Exception {
        String file = "id: X-001\ntitle: a server\ntransport: streamable\ntls: named\n" + deviation;
        return FaultyServer.start(Fault.of(Yaml.parse(file, "test")));
    }

    private static Json check(FaultyServer server, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "check",
                "https://docs.example.org/mcp",
                "--resolve",
                "docs.example.org:443:127.0.0.1:" + server.port(),
                "--format",
                "json"));
        arguments.addAll(List.of(more));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertFalse(run.out().isEmpty(), run::err);
        return Json.parse(run.out());
    }

    private static String firstCause(Json report) {
        return report.get("causes").items().stream()
                .map(cause -> cause.get("id").text())
                .findFirst()
                .orElse("none");
    }
}
