package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Asking;
import dev.mcppreflight.server.protocol.Inquiry;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a client in rounds (2026-07-28, basic/patterns/mrtr): the request ends with what is to be answered, and comes again
 * with the answers. What is asked for in vain is asked for again; answers to nothing are passed over.
 */
final class Rounds implements Asking {

    /** The requests that may end so. */
    private static final Set<String> METHODS = Set.of("tools/call", "prompts/get", "resources/read");

    private final Message.Request request;
    private final Peer peer;
    private final RequestStates states;
    private final Map<String, Map<?, ?>> used = new LinkedHashMap<>();
    private Map<?, ?> before = Map.of();
    private Map<?, ?> now = Map.of();

    Rounds(Message.Request request, Peer peer, RequestStates states) {
        this.request = request;
        this.peer = peer;
        this.states = states;
    }

    /**
     * Reads what the request brings along.
     *
     * @throws RpcException when that is nothing which a client could have got or could answer
     */
    void begin() {
        if (!METHODS.contains(request.method())) {
            return;
        }
        if (request.members().get("requestState") != null) {
            before = states.open(request, peer.principal(), request.members().get("requestState"));
        }
        if (request.members().containsKey("inputResponses")) {
            now = answers();
        }
    }

    private Map<?, ?> answers() {
        if (request.members().get("inputResponses") instanceof Map<?, ?> answers
                && answers.values().stream().allMatch(Map.class::isInstance)) {
            return answers;
        }
        throw RpcException.invalidParams("inputResponses must be an object of objects");
    }

    @Override
    public Map<String, Map<?, ?>> ask(List<Inquiry> inquiries) {
        if (!METHODS.contains(request.method())) {
            throw new IllegalStateException(request.method() + " must not ask for input");
        }
        Map<String, Object> missing = inquiries.stream()
                .filter(inquiry -> !peer.can(inquiry))
                .collect(Collectors.toMap(Inquiry::capability, Inquiry::needs, (one, same) -> one));
        if (!missing.isEmpty()) {
            throw new RpcException(new RpcError(
                    RpcError.MISSING_CLIENT_CAPABILITY,
                    "Missing client capability: " + String.join(", ", missing.keySet()),
                    Map.of("requiredCapabilities", missing)));
        }
        List<Inquiry> open = inquiries.stream().filter(this::isOpen).toList();
        if (!open.isEmpty()) {
            throw new InputNeeded(open, states.close(request, peer.principal(), used));
        }
        return inquiries.stream().collect(Collectors.toMap(Inquiry::name, inquiry -> used.get(inquiry.name())));
    }

    private boolean isOpen(Inquiry inquiry) {
        Object answer = now.containsKey(inquiry.name()) ? now.get(inquiry.name()) : before.get(inquiry.name());
        if (!(answer instanceof Map<?, ?> given)) {
            return true;
        }
        if (!inquiry.isAnsweredBy(given)) {
            throw RpcException.invalidParams("no answer to " + inquiry.method(), inquiry.name());
        }
        used.put(inquiry.name(), given);
        return false;
    }
}
