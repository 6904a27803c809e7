package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.Identity;
import dev.mcppreflight.server.protocol.SessionIds;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The sessions of one transport, by id.
 *
 * @param <S> the kind of session
 */
final class Sessions<S extends Session> {

    private static final Pattern WELL_FORMED = Pattern.compile("[0-9A-Za-z._~-]{1,128}");

    private final SessionIds ids;
    private final Map<String, Place<S>> byId = new ConcurrentHashMap<>();
    private final Semaphore places;

    private record Place<S>(S session, Owner owner) {}

    /**
     * Creates an empty collection.
     *
     * @param room for how many there is room
     * @param ids makes their ids
     */
    Sessions(HttpOptions.Room room, SessionIds ids) {
        this.ids = ids;
        this.places = new Semaphore(room.sessions());
    }

    /**
     * Adds a session under a new id.
     *
     * @param owner whose it is
     * @throws HttpRefusal 503 when all places are taken
     */
    S add(Identity owner, Function<String, S> factory) {
        if (!places.tryAcquire()) {
            throw new HttpRefusal(503, "Too many sessions: try again later");
        }
        String id = ids.next();
        boolean added = false;
        try {
            S session = factory.apply(id);
            byId.put(id, new Place<>(session, new Owner(owner)));
            added = true;
            return session;
        } finally {
            if (!added) {
                places.release();
            }
        }
    }

    /** Returns the session of this id, if it is that of whoever asks. */
    Optional<S> find(String id, Identity asking) {
        return Optional.ofNullable(byId.get(id))
                .filter(place -> place.owner().is(asking))
                .map(Place::session);
    }

    /** Tells whether this could be the id of a session at all. */
    static boolean isWellFormed(String id) {
        return id != null && WELL_FORMED.matcher(id).matches();
    }

    /** Forgets a session and closes it; does nothing when it is unknown. */
    boolean remove(String id) {
        Place<S> place = byId.remove(id);
        if (place == null) {
            return false;
        }
        places.release();
        place.session().close();
        return true;
    }

    /**
     * Where no place is left, takes that of the session that nobody has used for the longest time, if it is not in use since
     * then: clients seldom say good-bye, and those of yesterday must not keep out those of today.
     */
    void makeRoom(Instant time) {
        if (places.availablePermits() > 0) {
            return;
        }
        byId.values().stream()
                .map(Place::session)
                .filter(session -> session.isIdleSince(time))
                .min(Comparator.comparing(Session::lastUse))
                .ifPresent(session -> remove(session.id()));
    }

    /** Removes the sessions that nobody has used since this time. */
    void removeIdleSince(Instant time) {
        byId.forEach((id, place) -> {
            if (place.session().isIdleSince(time)) {
                remove(id);
            }
        });
    }

    /** Returns the sessions. */
    Collection<S> all() {
        return byId.values().stream().map(Place::session).toList();
    }

    /** Returns the number of sessions. */
    int size() {
        return byId.size();
    }

    /** Removes all sessions. */
    void clear() {
        byId.keySet().forEach(this::remove);
    }
}
