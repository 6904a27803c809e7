package dev.mcppreflight.server.auth;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each principal does, all together and by tool. What one does takes nothing from another. */
public final class RateLimits {

    /** Beyond this, principals who have all their times back are forgotten. */
    private static final int MOST_BUCKETS = 10_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final RateLimit general;
    private final Map<String, RateLimit> byTool;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * Creates limits.
     *
     * @param general for all requests together, or null for none
     * @param byTool for calls of single tools
     * @param clock tells the time
     */
    public RateLimits(RateLimit general, Map<String, RateLimit> byTool, Clock clock) {
        this.general = general;
        this.byTool = Map.copyOf(byTool);
        this.time = new Time(clock);
    }

    /** Counts a request and returns 0, or the seconds after which one will be possible. */
    public long request(String principal) {
        return general == null ? 0 : take(principal, general);
    }

    /** Counts a call of a tool and returns 0, or the seconds after which one will be possible. */
    public long call(String principal, String tool) {
        RateLimit limit = byTool.get(tool);
        return limit == null ? 0 : take(principal + " " + tool, limit);
    }

    private long take(String key, RateLimit limit) {
        if (buckets.size() > MOST_BUCKETS) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= limit.times());
        }
        ConsumptionProbe probe =
                buckets.computeIfAbsent(key, k -> bucket(limit)).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, -Math.floorDiv(-probe.getNanosToWaitForRefill(), NANOS_PER_SECOND));
    }

    private Bucket bucket(RateLimit limit) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(limit.times())
                        .refillGreedy(limit.times(), limit.period())
                        .build())
                .withCustomTimePrecision(time)
                .build();
    }

    private record Time(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
