package dev.mcppreflight.server.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a server. */
public final class ApiKeys {

    private static final int COLUMNS = 3;

    private final List<ApiKey> keys;

    /** Takes these keys. */
    public ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Returns no keys. */
    public static ApiKeys none() {
        return new ApiKeys(List.of());
    }

    /**
     * Reads a list of keys: in each line a label, the scopes with commas, and {@code sha256:} with the digest of the key.
     * Empty lines and those that begin with {@code #} are left out.
     *
     * @throws IllegalArgumentException when a line is wrong; the message names its number, not what it says
     */
    public static List<ApiKey> read(List<String> lines) {
        List<ApiKey> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\\s+");
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not LABEL SCOPES sha256:DIGEST");
            }
            try {
                keys.add(ApiKey.hashed(columns[0], scopes(columns[1]), columns[2]));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        return keys;
    }

    private static Set<String> scopes(String list) {
        Set<String> scopes = new TreeSet<>(Arrays.asList(list.split(",")));
        if (!Scope.ALL.containsAll(scopes)) {
            throw new IllegalArgumentException("the scopes are " + String.join(" and ", Scope.ALL));
        }
        return scopes;
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
