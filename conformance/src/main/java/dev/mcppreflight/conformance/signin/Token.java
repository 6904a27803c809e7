package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Set;

/** What a token endpoint gave out. It is kept in memory and appears in no record. */
public final class Token {

    /** Nothing was given out. */
    static final Token NONE = new Token(Json.MISSING, "");

    private final Json answer;
    private final String refreshed;

    private Token(Json answer, String refreshed) {
        this.answer = answer;
        this.refreshed = refreshed;
    }

    /** The token in this answer. */
    static Token of(Json answer) {
        return new Token(answer, "");
    }

    /** What came when the refresh token was used; none in the answer means that the old one goes on (RFC 6749 section 6). */
    Token refreshedBy(Token next) {
        String used = refreshToken();
        boolean replaced = next.hasRefreshToken();
        return new Token(replaced ? next.answer : next.answer.with("refresh_token", used), used);
    }

    String refreshToken() {
        return answer.get("refresh_token").text();
    }

    /** The access token; empty where there is none. */
    public String access() {
        return answer.get("access_token").text();
    }

    /**
     * The scopes of the access token.
     *
     * @param asked those that were asked for, which hold where the answer names none (RFC 6749 section 5.1)
     */
    Set<String> scopes(String asked) {
        String named = answer.get("scope").text();
        return Set.of((named.isBlank() ? asked : named).strip().split("\\s+"));
    }

    /** Seconds that the access token is good for; -1 where that is not said. */
    public long secondsToLive() {
        return answer.get("expires_in").number(-1);
    }

    public boolean hasRefreshToken() {
        return answer.get("refresh_token").isString();
    }

    /** Whether the refresh token was replaced by another when it was used. */
    public boolean isRotated() {
        return !refreshed.isEmpty() && !refreshed.equals(refreshToken());
    }

    /** The members of the answer, without their values. */
    public List<String> members() {
        return List.copyOf(answer.names());
    }

    /** Whom the access token is for, where it is a JWT; missing where it is opaque. */
    public Json audience() {
        return Forgery.claimsOf(access()).get("aud");
    }
}
