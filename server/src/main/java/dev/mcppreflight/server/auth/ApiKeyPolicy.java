package dev.mcppreflight.server.auth;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets in who sends the key as {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY}. */
public final class ApiKeyPolicy implements AccessPolicy {

    /** The scheme name is case-insensitive (RFC 9110, 11.1). */
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private static final String CHALLENGE = "Bearer realm=\"mcp\"";
    private static final String INVALID =
            CHALLENGE + ", error=\"invalid_token\", error_description=\"The key is wrong\"";

    private final ApiKey key;
    private final AuthProfile profile;

    /** Creates a policy for this key. */
    public ApiKeyPolicy(ApiKey key, AuthProfile profile) {
        this.key = key;
        this.profile = profile;
    }

    @Override
    public Optional<Refusal> refusal(String authorization, String apiKey) {
        String candidate = candidate(authorization, apiKey);
        if (candidate == null) {
            // Nothing was sent, so there is no error to name (RFC 6750, 3.1).
            return Optional.of(new Refusal(401, CHALLENGE, "Unauthorized: send Authorization: Bearer KEY"));
        }
        return key.matches(candidate)
                ? Optional.empty()
                : Optional.of(new Refusal(profile.wrongKeyStatus(), INVALID, "Invalid API key"));
    }

    @Override
    public Optional<String> principal(String authorization, String apiKey) {
        // There is one key, so there is one principal.
        return refusal(authorization, apiKey).isEmpty() ? Optional.of("key") : Optional.empty();
    }

    private static String candidate(String authorization, String apiKey) {
        if (authorization == null) {
            return apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        }
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? bearer.group(1) : null;
    }
}
