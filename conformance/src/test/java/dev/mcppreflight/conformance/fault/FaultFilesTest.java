package dev.mcppreflight.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.fault.deviation.Deviations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultFilesTest {

    @Test
    void everyFileLoadsUnderItsName() {
        List<String> names = Resources.list("fixtures/faults", ".yaml").stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".yaml".length()))
                .toList();
        assertEquals(names, Fault.all().stream().map(Fault::id).toList());
    }

    @Test
    void everyFaultHasOneDeviationAndNamesItsCause() {
        assertAll(Fault.all().stream().filter(fault -> !fault.isHealthy()).map(fault -> () -> {
            assertEquals(1, fault.deviation().size(), fault.id());
            boolean own = fault.cause().map(fault.id()::startsWith).orElse(true);
            boolean ofCheck = fault.id().matches("MCP-[A-Z]+\\d*-\\d+(-[a-z-]+)?");
            boolean named = List.of("stdio-silent", "AUTH-open-messages").contains(fault.id());
            assertTrue(own || ofCheck || named, fault.id());
        }));
    }

    @Test
    void healthyServersHaveNoCauseAndFailNothing() {
        assertAll(Fault.all().stream().filter(Fault::isHealthy).map(fault -> () -> {
            assertTrue(fault.cause().isEmpty(), fault.id());
            assertEquals(List.of(), fault.fails(), fault.id());
        }));
    }

    @Test
    void everyDeviationIsUsed() {
        Set<String> unused = new HashSet<>(Deviations.names());
        Fault.all().forEach(fault -> unused.removeAll(fault.deviation().keySet()));
        assertEquals(Set.of(), unused);
    }

    @Test
    void anUnknownFaultIsNamed() {
        assertEquals("there is no fault NET-999", refusal(() -> Fault.load("NET-999")));
        assertEquals("there is no fault ../tls/README", refusal(() -> Fault.load("../tls/README")));
    }

    @Test
    void slipsOfThePenAreFound() {
        assertTrue(refusal("deviation: {no-endpiont: true}").startsWith("unknown deviation no-endpiont; known are"));
        assertTrue(refusal("deviation: {no-endpoint: yes please}").contains("expected true"));
        assertTrue(refusal("deviation: {reply: {status: 200, boddy: x}}").contains("unknown member boddy"));
        assertTrue(refusal("deviation: {reply: {when: {pth: /}, status: 200}}").contains("unknown member pth"));
        assertTrue(refusal("deviation: {outcome: {then: hang}}").contains("\"hang\" is none of"));
        assertTrue(refusal("devation: {}").contains("unknown member devation"));
        assertTrue(refusal("traits: [fast]").contains("fast is none of"));
        assertTrue(refusal("transport: carrier-pigeon").contains("carrier-pigeon is none of"));
        assertEquals("title is missing", refusal("title: ''"));
    }

    private static String refusal(String line) {
        StringBuilder file = new StringBuilder(line).append('\n');
        for (String member : List.of("id: X-001", "title: a fault", "transport: streamable")) {
            if (!line.startsWith(member.substring(0, member.indexOf(':')))) {
                file.append(member).append('\n');
            }
        }
        return refusal(() -> Fault.of(Yaml.parse(file.toString(), "test")));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }
}
