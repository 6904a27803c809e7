package dev.mcppreflight.server.auth;

import java.util.List;
import java.util.Optional;

/** The keys of a server. */
public final class ApiKeys {

    private final List<ApiKey> keys;

    /** Takes these keys. */
    public ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Returns whose key this is. All keys are compared, so that the time tells nothing about which one it is. */
    Optional<Identity> find(String candidate) {
        byte[] digest = ApiKey.digest(candidate);
        Identity found = null;
        for (ApiKey key : keys) {
            if (key.matches(digest)) {
                found = key.holder();
            }
        }
        return Optional.ofNullable(found);
    }
}
