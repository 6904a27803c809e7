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

    Session open() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Session session = new Session(Base64.getUrlEncoder().encodeToString(bytes));
        open.put(session.id(), session);
        newest = session;
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
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
