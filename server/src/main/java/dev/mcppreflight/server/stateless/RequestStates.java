package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.replicas.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the server has clients keep from one round of a request to the next ({@code requestState}): the answers so far. It
 * is signed, ends soon, and is good for one principal and one request, so that nobody else's answers can be played back.
 * The key is common to all replicas: the next round may come to any of them.
 */
final class RequestStates {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String KEY = "seal";

    private final Shelf shelf;
    private final JsonCodec json;
    private final Clock clock;
    private volatile Seal known;

    RequestStates(Shelf shelf, JsonCodec json, Clock clock) {
        this.shelf = shelf;
        this.json = json;
        this.clock = clock;
    }

    /** The key is asked for with the first state: most servers never have one. */
    private Seal seal() {
        if (known == null) {
            try {
                known = new Seal(shelf.change(KEY, Shelf.ALWAYS, key -> key.or(() -> Optional.of(Seal.newKey())))
                        .orElseThrow());
            } catch (UnreachableException e) {
                throw new RpcException(new RpcError(RpcError.INTERNAL_ERROR, e.getMessage()));
            }
        }
        return known;
    }

    /**
     * Returns the state of a request that has been answered so far.
     *
     * @throws RpcException when the key is not to be had
     */
    String close(Message.Request request, String principal, Map<String, Map<?, ?>> answers) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("for", origin(request, principal));
        state.put("until", clock.instant().plus(LIFE).toEpochMilli());
        state.put("answers", answers);
        return seal().close(json.write(state));
    }

    /**
     * Returns the answers in the state that came with a request.
     *
     * @throws RpcException when it was changed, is too old, or belongs to another request or principal
     */
    Map<?, ?> open(Message.Request request, String principal, Object given) {
        if (given instanceof String sealed
                && seal().open(sealed).map(json::parse).orElse(null) instanceof Map<?, ?> state
                && state.get("until") instanceof Number until
                && clock.instant().isBefore(Instant.ofEpochMilli(until.longValue()))
                && Objects.equals(state.get("for"), origin(request, principal))
                && state.get("answers") instanceof Map<?, ?> answers) {
            return answers;
        }
        throw RpcException.invalidParams("requestState is not what this server gave for this request, or too old");
    }

    /** A digest of who asks for what; the order of the arguments says nothing. */
    private String origin(Message.Request request, String principal) {
        Map<String, Object> asked = new TreeMap<>();
        request.members().forEach((name, value) -> asked.put(String.valueOf(name), sorted(value)));
        asked.keySet().removeAll(List.of("_meta", "inputResponses", "requestState"));
        List<Object> origin = new ArrayList<>();
        origin.add(principal);
        origin.add(request.method());
        origin.add(asked);
        return digest(json.writeText(origin));
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> sorted = new TreeMap<>();
            members.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
            return sorted;
        }
        return value instanceof List<?> items
                ? items.stream().map(RequestStates::sorted).toList()
                : value;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }
}
