package dev.mcppreflight.server.auth;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may be done.
 *
 * @param times the number of times, also at once
 * @param period the time in which they come back, one after the other
 */
public record RateLimit(int times, Duration period) {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})/([smh])");

    /**
     * Reads {@code 60/m}: a number for a second, a minute or an hour.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static RateLimit of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a rate limit looks like 10/s, 60/m or 1000/h, not '" + text + "'");
        }
        Duration period =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new RateLimit(Integer.parseInt(matcher.group(1)), period);
    }
}
