package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.mcp.Session;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions, under ids that nobody can guess. */
public final class Sessions {

    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> open = new ConcurrentHashMap<>();
    private volatile Session newest;

    /** Opens a session for the user that the request comes from. */
    Session open(Request request) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Session session = new Session(Base64.getUrlEncoder().encodeToString(bytes), request.subject());
        open.put(session.id(), session);
        newest = session;
        return session;
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** The session of that id, if it belongs to the user that the request comes from. */
    public Optional<Session> find(String id, Request request) {
        return find(id).filter(session -> session.isOf(request));
    }

    /** All that are open. */
    public List<Session> all() {
        return List.copyOf(open.values());
    }

    /** The session that was opened last. */
    public Session newest() {
        return newest;
    }

    void end(Session session) {
        open.remove(session.id());
        session.end();
    }
}
