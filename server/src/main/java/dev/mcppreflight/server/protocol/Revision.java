package dev.mcppreflight.server.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A published revision of the Model Context Protocol that this server speaks, oldest first. */
public enum Revision {
    /** The first revision; its HTTP transport is HTTP+SSE. */
    V2024_11_05("2024-11-05"),
    /** Brought Streamable HTTP and JSON-RPC batches. */
    V2025_03_26("2025-03-26"),
    /** Dropped batches, brought the {@code MCP-Protocol-Version} header. */
    V2025_06_18("2025-06-18"),
    /** Brought priming events and 403 for foreign origins. */
    V2025_11_25("2025-11-25"),
    /** Dropped sessions: each request tells of its client. */
    V2026_07_28("2026-07-28");

    private final String date;

    Revision(String date) {
        this.date = date;
    }

    /** Returns the name used on the wire, such as {@code 2025-11-25}. */
    public String date() {
        return date;
    }

    /** Tells whether JSON-RPC batches are part of this revision: of 2025-03-26 only (basic, "Batching"). */
    public boolean hasBatches() {
        return this == V2025_03_26;
    }

    /** Tells whether event streams start with an empty event that carries an id (2025-11-25, basic/transports). */
    public boolean hasPrimingEvents() {
        return this == V2025_11_25;
    }

    /** Tells whether clients introduce themselves with each request, not by {@code initialize} (since 2026-07-28). */
    public boolean isStateless() {
        return this == V2026_07_28;
    }

    /** Returns the revision of that name, or nothing when this server does not speak it. */
    public static Optional<Revision> of(String date) {
        return Arrays.stream(values()).filter(r -> r.date.equals(date)).findFirst();
    }

    /** Returns the revision of that name if it has sessions, or nothing. */
    public static Optional<Revision> ofSession(String date) {
        return of(date).filter(r -> !r.isStateless());
    }

    /** Returns the newest revision that has sessions. */
    public static Revision newestOfSessions() {
        return V2025_11_25;
    }

    /** Returns the wire names of those that have sessions, or of those that have none, oldest first. */
    public static List<String> dates(boolean stateless) {
        return Arrays.stream(values())
                .filter(r -> r.isStateless() == stateless)
                .map(Revision::date)
                .toList();
    }
}
