package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;

/** The sessions of one conversation: the one that all conversations share, those of its own, and how it leaves them. */
final class Sessions {

    private final Conversation conversation;
    private Session own;

    Sessions(Conversation conversation) {
        this.conversation = conversation;
    }

    /** In the session that all conversations share. */
    Reply inShared(Outgoing message) {
        return contact().shared(log()).send(message, log());
    }

    /** In the shared session, reading a streamed answer to its end, but not for long. */
    Reply inSharedToTheEnd(Outgoing message) {
        return contact().shared(log()).readToEnd(message, log(), contact().patientProbe());
    }

    /** Over Streamable HTTP without a session; over HTTP+SSE opening a stream, since that is where sessions begin. */
    Reply inNone(Outgoing message) {
        if (contact().transport() == Transport.SSE && message.method().equals("POST")) {
            SseSession session = new SseSession(
                    conversation.target(),
                    conversation.target().url(),
                    contact().probe());
            conversation.atTheEnd(session);
            return session.open(log(), message.purpose(), message.adjustment());
        }
        if (contact().isModern()) {
            return contact().openTransport(log()).send(message, log());
        }
        StreamableSession stranger = new StreamableSession(
                conversation.target(), conversation.target().url(), contact().probe());
        Reply reply = stranger.send(message, log());
        if (reply.exchange().header(HttpHeaders.SESSION).isPresent()) {
            // Whoever initializes leaves a session behind; a polite guest takes it away again.
            stranger.established(reply, contact().revision());
            keep(stranger);
        }
        return reply;
    }

    /** In a session that a caller with this token opens; the refusal of the handshake where that is refused already. */
    Reply inOneOf(String token, Outgoing message) {
        Target other = conversation.target().withBearer(token);
        Session session = contact().openTransport(other, log());
        conversation.atTheEnd(session);
        if (session instanceof SseSession sse && sse.messages() == null) {
            return new Reply(sse.stream().recording().exchange(), Json.MISSING, Json.MISSING);
        }
        if (contact().isModern()) {
            return session.send(message, log());
        }
        Outgoing opening = contact().initializeMessage(conversation.target().revision());
        boolean handshake =
                Json.parseOrMissing(message.text()).get("method").text().equals("initialize");
        Reply welcome = session.send(handshake ? opening.named(message.purpose()) : opening, log());
        if (handshake || !welcome.isResult()) {
            return welcome;
        }
        session.established(welcome, welcome.result().get("protocolVersion").text());
        keep(session);
        session.send(Contact.initializedMessage(), log());
        return session.send(message, log());
    }

    /** Goes on only where there is a session that another could try to use. */
    void requireOne() {
        if (contact().transport() == Transport.STREAMABLE) {
            sharedId();
        }
    }

    /** From here on this is the session that the scenario goes by. */
    Session use(Session session) {
        own = session;
        return session;
    }

    /** The session that this scenario opened last; null where it opened none. */
    Session used() {
        return own;
    }

    /** A session of its own; over standard streams one that scenarios use after each other, as each costs a process. */
    Session own() {
        if (own == null && contact().transport() == Transport.STDIO) {
            own = contact().expendable(log());
            StdioSession process = (StdioSession) own.carrier();
            conversation.atTheEnd(() -> contact().giveBack(process));
        } else if (own == null) {
            own = keep(contact().openSession(log()));
        }
        return own;
    }

    /** A session of its own that was answered and has not said so. */
    Session unconfirmed() {
        own = keepFresh(contact().openUnconfirmed(log()));
        return own;
    }

    /** A connection of its own without a session. */
    Session uninitialized() {
        own = keepFresh(contact().openTransport(log()));
        return own;
    }

    /** Keeps a session that is not confirmed; a process may serve others after that. */
    private Session keepFresh(Session session) {
        if (contact().isModern() && session.carrier() instanceof StdioSession process) {
            conversation.atTheEnd(() -> contact().giveBack(process));
            return session;
        }
        if (session instanceof StdioSession process) {
            conversation.atTheEnd(() -> {
                if (conversation.replies().isEmpty()) {
                    contact().processes().retire(process);
                } else {
                    contact()
                            .processes()
                            .giveBack(
                                    process,
                                    conversation.replies().get(0),
                                    contact().revision(),
                                    contact().newLog());
                }
            });
            return session;
        }
        return keep(session);
    }

    /** Ends it with the conversation, as a polite guest does. */
    Session keep(Session session) {
        conversation.atTheEnd(
                session.carrier() instanceof StdioSession process
                        ? () -> contact().processes().retire(process)
                        : session);
        if (session instanceof StreamableSession streamable && streamable.sessionId() != null) {
            conversation.atTheEnd(
                    () -> contact().probe().send(streamable.request("DELETE", null), Purpose.DELETE, log()));
        }
        return session;
    }

    /** The session id of the shared session; not applicable where the server gave none. */
    String sharedId() {
        if (contact().shared(log()) instanceof StreamableSession session && session.sessionId() != null) {
            return session.sessionId();
        }
        throw new NotApplicable("the server issued no session id");
    }

    /** In a session that has ended before. */
    Reply inEnded(Outgoing message) {
        if (contact().isModern()) {
            throw new NotApplicable(Revision.MODERN + " knows no sessions");
        }
        Session session = contact().openSession(log());
        if (session instanceof StreamableSession streamable) {
            if (streamable.sessionId() == null) {
                throw new NotApplicable("the server issued no session id");
            }
            int status = contact()
                    .probe()
                    .send(streamable.request("DELETE", null), Purpose.DELETE, log())
                    .status();
            if (status == 405) {
                throw new NotApplicable("the server lets no client end a session: DELETE is answered by 405");
            }
            if (status / 100 != 2) {
                // Of sessions that have ended there is a rule; a DELETE that fails is the matter of another check.
                throw new NotTested("the session could not be ended: DELETE is answered by " + status);
            }
            return streamable.send(message, log());
        }
        URI messages = ((SseSession) session).messages();
        session.close();
        if (messages == null) {
            throw new Mismatch("an endpoint event on a further stream", "none in the time that the first one took");
        }
        HttpStream.pause(conversation.target().limits().quiet());
        return post(message, messages);
    }

    /** Under a session id that the server never gave out. */
    Reply inInvented(Outgoing message) {
        Session session = contact().shared(log());
        if (session instanceof SseSession sse) {
            return post(message, Caller.withInventedSession(sse.messages()));
        }
        sharedId();
        return session.send(
                message.with(request -> request.with(HttpHeaders.SESSION, "00000000-0000-4000-8000-000000000000")),
                log());
    }

    private Contact contact() {
        return conversation.contact();
    }

    private WireLog log() {
        return conversation.log();
    }

    private Reply post(Outgoing message, URI messages) {
        HttpRequest request =
                new HttpRequest("POST", messages, HttpHeaders.post(conversation.target()), message.text());
        Exchange exchange = contact()
                .probe()
                .send(message.adjustment().apply(request), message.purpose(), log())
                .exchange();
        return new Reply(exchange, message.id(), Reply.spoken(exchange.status(), Json.parseOrMissing(exchange.body())));
    }
}
