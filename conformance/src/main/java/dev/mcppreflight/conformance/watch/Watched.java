package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.diagnosis.Overheard;
import dev.mcppreflight.conformance.wire.Exchange;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of all clients.
 *
 * @param asked how many requests came
 * @param visits the attempts of clients, in the order in which they began
 */
public record Watched(long asked, List<Visit> visits) {

    /** Copies the list. */
    public Watched {
        visits = List.copyOf(visits);
    }

    /**
     * One attempt of one client.
     *
     * @param number its place among all, from 1
     * @param client who it was
     * @param overheard what can be judged of it
     * @param taken all of its exchanges, whether they can be judged or not
     */
    public record Visit(int number, Recognition client, Overheard overheard, List<Taken> taken) {

        /** Copies the list. */
        public Visit {
            taken = List.copyOf(taken);
        }
    }

    /**
     * An exchange as it was taken down.
     *
     * @param number its place among all requests, from 1
     * @param at when it began
     * @param exchange what was asked and answered, without secrets
     * @param cut whether not all of it was kept
     */
    public record Taken(long number, Instant at, Exchange exchange, boolean cut) {}
}
