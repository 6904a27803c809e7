package dev.mcppreflight.server.auth;

import java.util.List;

/** Lets in who sends one of the keys as {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY}. */
public final class ApiKeyPolicy implements AccessPolicy {

    private final ApiKeys keys;
    private final AuthProfile profile;

    /** Creates a policy for this key, which may do everything. */
    public ApiKeyPolicy(ApiKey key, AuthProfile profile) {
        this(new ApiKeys(List.of(key)), profile);
    }

    /** Creates a policy for these keys. */
    public ApiKeyPolicy(ApiKeys keys, AuthProfile profile) {
        this.keys = keys;
        this.profile = profile;
    }

    @Override
    public Admission admission(Credentials credentials, Resource resource) {
        String candidate = credentials.authorization().isEmpty() ? credentials.key() : credentials.bearer();
        if (candidate == null) {
            // Nothing was sent, so there is no error to name (RFC 6750, 3.1).
            return new Admission.Refused(
                    new Refusal(401, Challenge.plain().toString(), "Unauthorized: send Authorization: Bearer KEY"));
        }
        return keys.find(candidate)
                .<Admission>map(Admission.Admitted::new)
                .orElseGet(() -> new Admission.Refused(new Refusal(
                        profile.wrongKeyStatus(),
                        Challenge.plain()
                                .error("invalid_token", "The key is wrong")
                                .toString(),
                        "Invalid API key")));
    }
}
