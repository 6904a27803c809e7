package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is asked of a target once in a run, because many checks look at it. */
final class Findings {

    private final Contact contact;
    private final Once<List<SafeCall>> safeCalls = new Once<>();
    private final Once<List<Reply>> roundTrip = new Once<>();
    private final Once<List<Reply>> mistakes = new Once<>();
    private final Once<DeepResearch.Found> found = new Once<>();
    private final Map<Message, Once<Reply>> sentOnce = new ConcurrentHashMap<>();

    Findings(Contact contact) {
        this.contact = contact;
    }

    /** The calls of safe tools, made once in a run. */
    List<SafeCall> safeCalls(Conversation conversation) {
        return safeCalls.get(() -> {
            List<SafeCall> made = new ArrayList<>();
            int silent = 0;
            for (Tools.Call call : Tools.safe(conversation)) {
                Reply reply = contact.shared(contact.log()).send(safeCall(call), contact.log());
                made.add(new SafeCall(call.tool(), reply));
                silent += reply.exchange().failedBy(Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED) ? 1 : 0;
                // Where tools do not answer, two tell as much as all.
                if (silent == 2) {
                    break;
                }
            }
            return made;
        });
    }

    /** What search finds; looked for once in a run. */
    DeepResearch.Found found(Conversation conversation) {
        return found.get(() -> DeepResearch.find(conversation));
    }

    /** What comes when everything is asked for that was declared and that costs nothing; asked once in a run. */
    List<Reply> roundTrip(Conversation conversation) {
        return roundTrip.get(() -> {
            List<Reply> seen = new ArrayList<>(List.of(contact.initialize()));
            for (Listing.Kind kind : Listing.Kind.values()) {
                if (contact.capabilities().get(kind.capability()).isObject()) {
                    seen.addAll(contact.listing(kind).pages());
                }
            }
            if (contact.capabilities().get("tools").isObject()
                    && !Tools.callable(conversation).isEmpty()) {
                safeCalls(conversation).forEach(call -> seen.add(call.reply()));
            }
            seen.addAll(tried(conversation, "resources", Message.READ_FIRST));
            seen.addAll(tried(conversation, "prompts", Message.GET_PLAIN_PROMPT));
            return List.copyOf(seen);
        });
    }

    /** What comes for the usual mistakes; made once in a run. */
    List<Reply> mistakes(Conversation conversation) {
        return mistakes.get(() -> {
            List<Reply> seen = new ArrayList<>();
            seen.add(contact.shared(contact.log()).send(Message.UNKNOWN_METHOD.write(conversation), contact.log()));
            seen.addAll(tried(conversation, "tools", Message.CALL_UNKNOWN_TOOL));
            seen.addAll(tried(conversation, "tools", Message.LIST_TOOLS_BAD_CURSOR));
            seen.addAll(tried(conversation, "resources", Message.READ_UNKNOWN));
            seen.addAll(tried(conversation, "prompts", Message.GET_UNKNOWN_PROMPT));
            return List.copyOf(seen);
        });
    }

    private List<Reply> tried(Conversation conversation, String capability, Message message) {
        if (!contact.capabilities().get(capability).isObject()) {
            return List.of();
        }
        try {
            return List.of(contact.shared(contact.log()).send(message.write(conversation), contact.log()));
        } catch (NotApplicable | NotTested e) {
            return List.of();
        }
    }

    /** The answer to a message that is sent once in a run. */
    Reply once(Message message, Conversation conversation) {
        return message == Message.SEARCH_KNOWN
                ? found(conversation).reply()
                : sentOnce.computeIfAbsent(message, key -> new Once<>())
                        .get(() -> conversation.sessions().inShared(message.write(conversation)));
    }

    private Outgoing safeCall(Tools.Call call) {
        Json params = Json.object("name", call.name(), "arguments", call.arguments());
        return Outgoing.plain(SafeCall.PURPOSE, contact.request("tools/call", params));
    }
}
