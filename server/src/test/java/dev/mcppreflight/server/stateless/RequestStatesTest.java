package dev.mcppreflight.server.stateless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.MoveableClock;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.RpcException;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.replicas.UnreachableException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients keep for the server: whose, for what, and for how long. */
class RequestStatesTest {

    private static final Map<String, Map<?, ?>> ANSWERS = Map.of("name", Map.of("action", "accept"));

    private final Shelf shelf = new OwnShelf(Clock.systemUTC());
    private final JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());

    private static Message.Request call(Map<String, Object> arguments) {
        return new Message.Request(
                1, "tools/call", Map.of("name", "tool", "arguments", arguments, "_meta", Map.of("a", Math.random())));
    }

    private static Clock after(Duration time) {
        return Clock.fixed(Instant.EPOCH.plus(time), ZoneOffset.UTC);
    }

    @Test
    void itIsGoodForTheSameRequestOfTheSamePrincipal() {
        RequestStates states = new RequestStates(shelf, json, after(Duration.ZERO));
        Map<String, Object> one = new LinkedHashMap<>(Map.of("x", 1));
        one.put("y", Map.of("z", 2));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("y", Map.of("z", 2));
        other.put("x", 1);
        String state = states.close(call(one), "ann", ANSWERS);
        assertEquals(ANSWERS, states.open(call(other), "ann", state));
        assertThrows(RpcException.class, () -> states.open(call(one), "bob", state));
        assertThrows(RpcException.class, () -> states.open(call(one), null, state));
        assertThrows(RpcException.class, () -> states.open(call(Map.of("x", 2)), "ann", state));
    }

    @Test
    void aServerKnowsItsOwnAndThoseOfItsReplicas() {
        String state = new RequestStates(shelf, json, after(Duration.ZERO)).close(call(Map.of()), null, ANSWERS);
        RequestStates replica = new RequestStates(shelf, json, after(Duration.ZERO));
        assertEquals(ANSWERS, replica.open(call(Map.of()), null, state));
        RequestStates another = new RequestStates(new OwnShelf(Clock.systemUTC()), json, after(Duration.ZERO));
        assertThrows(RpcException.class, () -> another.open(call(Map.of()), null, state));
    }

    @Test
    void withoutTheKeyTheClientIsToldToTryAgain() {
        Shelf away = (name, life, change) -> {
            throw new UnreachableException(new IllegalStateException("gone"));
        };
        RequestStates states = new RequestStates(away, json, after(Duration.ZERO));
        RpcException told = assertThrows(RpcException.class, () -> states.close(call(Map.of()), null, ANSWERS));
        assertTrue(told.error().message().contains("try again"), told.error().message());
    }

    @Test
    void itEnds() {
        MoveableClock clock = new MoveableClock();
        RequestStates states = new RequestStates(shelf, json, clock);
        String state = states.close(call(Map.of()), null, ANSWERS);
        clock.pass(Duration.ofMinutes(14));
        assertEquals(ANSWERS, states.open(call(Map.of()), null, state));
        clock.pass(Duration.ofMinutes(1));
        assertThrows(RpcException.class, () -> states.open(call(Map.of()), null, state));
    }
}
