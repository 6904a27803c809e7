package dev.mcppreflight.conformance.target;

import java.time.Duration;

/**
 * How long to wait and how much to read.
 *
 * @param timeout how long a thing that should happen may take: connecting, answering, the first event; 10 s by default
 * @param quiet how long to watch for a thing that should not happen; 300 ms by default
 * @param maxBody the largest body to read, in octets; 8 MiB by default
 * @param maxPages how many pages of a list to read; 50 by default
 * @param crowd how many clients may come at once, to see what a crowd does; 0, the default, for no crowd at all
 */
public record Limits(Duration timeout, Duration quiet, int maxBody, int maxPages, int crowd) {

    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(10), Duration.ofMillis(300), 8 * 1024 * 1024, 50, 0);

    public Limits withTimeout(Duration value) {
        return new Limits(value, quiet, maxBody, maxPages, crowd);
    }

    public Limits withCrowd(int clients) {
        return new Limits(timeout, quiet, maxBody, maxPages, clients);
    }
}
