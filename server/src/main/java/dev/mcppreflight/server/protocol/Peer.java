package dev.mcppreflight.server.protocol;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The client of one session, or of one request where there are none: how it introduced itself, what it has asked for since, and what is under way for it. */
public final class Peer implements Listener {

    private final Outlet outlet;
    private final String principal;
    private final AtomicReference<Introduction> introduction = new AtomicReference<>();
    private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
    private final Map<Object, ActiveRequest> active = new ConcurrentHashMap<>();
    private final Questions questions = new Questions();
    private volatile LogLevel logLevel;
    private volatile boolean gone;

    /** What a client says at first. */
    private record Introduction(Revision revision, Map<?, ?> capabilities) {}

    /**
     * Creates a client that has not said anything yet.
     *
     * @param outlet where messages go that belong to no request
     * @param principal on whose behalf it speaks, or null where nobody asked
     */
    public Peer(Outlet outlet, String principal) {
        this.outlet = outlet;
        this.principal = principal;
    }

    /**
     * Returns the client of one request, which tells all there is to know.
     *
     * @param principal on whose behalf it speaks, or null where nobody asked
     * @param capabilities what it can do
     * @param level from which level on it wants log messages, or null for none
     */
    public static Peer ofRequest(String principal, Revision revision, Map<?, ?> capabilities, LogLevel level) {
        Peer peer = new Peer(Outlet.NOWHERE, principal);
        peer.introduce(revision, capabilities);
        peer.logFrom(level);
        return peer;
    }

    /** Returns on whose behalf the client speaks, or null where nobody asked. */
    public String principal() {
        return principal;
    }

    /** Tells whether it introduces itself with each request. */
    public boolean isStateless() {
        return isIntroduced() && revision().isStateless();
    }

    /** Notes the outcome of {@code initialize}; returns false when there was one before. */
    boolean introduce(Revision revision, Map<?, ?> capabilities) {
        return introduction.compareAndSet(null, new Introduction(revision, capabilities));
    }

    /** Tells whether the session has seen an {@code initialize}. */
    public boolean isIntroduced() {
        return introduction.get() != null;
    }

    /** Returns the negotiated revision, or null before {@code initialize}. */
    public Revision revision() {
        Introduction known = introduction.get();
        return known == null ? null : known.revision();
    }

    /** Tells whether the client declared that it can be asked this. */
    public boolean can(Inquiry inquiry) {
        Introduction known = introduction.get();
        return known != null && inquiry.isMetBy(known.capabilities().get(inquiry.capability()));
    }

    /** Notes that the client wants log messages from this level on. */
    void logFrom(LogLevel level) {
        logLevel = level;
    }

    /** Tells whether the client asked for log messages of this level; until it asks for some it gets none. */
    boolean wants(LogLevel level) {
        return logLevel != null && level.compareTo(logLevel) >= 0;
    }

    /** Tells whether the client asked for log messages at all. */
    boolean wantsLog() {
        return logLevel != null;
    }

    /** Notes that the client wants to hear of changes of this resource. */
    public void subscribe(String uri) {
        subscriptions.add(uri);
    }

    /** Notes that it no longer does. */
    public void unsubscribe(String uri) {
        subscriptions.remove(uri);
    }

    /** Returns the number of resources that the client wants to hear of. */
    public int subscriptions() {
        return subscriptions.size();
    }

    /** Tells whether the client wants to hear of changes of this resource. */
    public boolean isSubscribed(String uri) {
        return subscriptions.contains(uri);
    }

    @Override
    public void hear(Change change, byte[] notification) {
        if (isIntroduced() && (change.uri() == null || isSubscribed(change.uri()))) {
            outlet.send(notification);
        }
    }

    /** Returns what was asked of the client. */
    Questions questions() {
        return questions;
    }

    /** Notes that this request is under way; of two with one id the first can be cancelled. */
    void begin(ActiveRequest request) {
        active.putIfAbsent(request.id(), request);
        if (gone) {
            request.cancel();
        }
    }

    /** Notes that this request is answered. */
    void end(ActiveRequest request) {
        active.remove(request.id(), request);
    }

    /** Ends the request of this id, if it is under way. */
    void cancel(Object id) {
        ActiveRequest request = id == null ? null : active.get(id);
        if (request != null) {
            request.cancel();
        }
    }

    /** Tells whether something is under way for this client. */
    public boolean isBusy() {
        return !active.isEmpty();
    }

    /** Notes that the client says nothing more, so that no answer of it is waited for. */
    public void hearNoMore() {
        questions.close();
    }

    /** Notes that the client is gone: what is under way for it ends, and nothing more is expected of it. */
    @Override
    public void close() {
        gone = true;
        active.values().forEach(ActiveRequest::cancel);
        questions.close();
    }
}
