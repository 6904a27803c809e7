package dev.mcppreflight.conformance.fault;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions, under ids that nobody can guess. */
final class Sessions {

    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> open = new ConcurrentHashMap<>();
    private volatile Session newest;

    /** Opens a session for the user that the request comes from. */
    Session open(Request request) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Session session = new Session(
                Base64.getUrlEncoder().encodeToString(bytes),
                request.header(Guard.SUBJECT).orElse(""));
        open.put(session.id(), session);
        newest = session;
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** The session of that id, if it belongs to the user that the request comes from. */
    Optional<Session> find(String id, Request request) {
        return find(id).filter(session -> session.isOf(request));
    }

    /** The session that was opened last. */
    Session newest() {
        return newest;
    }

    void end(Session session) {
        open.remove(session.id());
        session.end();
    }
}
