package dev.mcppreflight.server.auth;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request brings to show who sends it.
 *
 * @param authorization the values of {@code Authorization}, of which there should be one
 * @param apiKey the value of {@code X-API-Key}, or null
 */
public record Credentials(List<String> authorization, String apiKey) {

    /** The scheme name is case-insensitive (RFC 9110, 11.1). */
    private static final Pattern BEARER = Pattern.compile("bearer(?: +(.*))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=!$%&'*^`|:#-]+");

    /** Creates credentials of one or no value. */
    public static Credentials of(String authorization, String apiKey) {
        return new Credentials(authorization == null ? List.of() : List.of(authorization), apiKey);
    }

    /** Tells whether a bearer token was meant, but cannot be one: an empty or misshapen token, or several headers. */
    public boolean isMalformed() {
        return authorization.size() > 1 || isBearer() && bearer() == null;
    }

    /** Returns the bearer token, or null. */
    public String bearer() {
        if (authorization.size() != 1) {
            return null;
        }
        Matcher matcher = BEARER.matcher(authorization.get(0).strip());
        String token =
                matcher.matches() && matcher.group(1) != null ? matcher.group(1).strip() : "";
        return TOKEN.matcher(token).matches() ? token : null;
    }

    /** Returns the key of the header of its own, or null. */
    public String key() {
        return apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    }

    private boolean isBearer() {
        return authorization.size() == 1
                && BEARER.matcher(authorization.get(0).strip()).matches();
    }
}
