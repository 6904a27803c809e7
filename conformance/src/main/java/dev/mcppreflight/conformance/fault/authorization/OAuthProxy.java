package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends users who have consented on to a third party, where it has one client id for all its clients, and remembers in a cookie
 * which client they consented to.
 */
public final class OAuthProxy {

    public static final String CALLBACK = "/callback";
    public static final String THIRD_PARTY = "/third-party/authorize";
    public static final String COOKIE = "consent";

    private static final String CLIENT_ID = "preflight-proxy";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, Form> states = new ConcurrentHashMap<>();
    private final String origin;
    private final Tokens tokens;
    private final byte[] key;

    OAuthProxy(String origin, Tokens tokens) {
        this.origin = origin;
        this.tokens = tokens;
        this.key = tokens.unguessable().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the user of this browser has consented to this client. */
    boolean hasConsent(Request request, String client) {
        String wanted = cookieName() + "=" + cookieValue(client);
        return request.header("Cookie")
                .filter(cookies -> Arrays.asList(cookies.split("; *")).contains(wanted))
                .isPresent();
    }

    /** On to the third party, which is at the other name of this machine. */
    Response onward(Form asked) {
        String state = tokens.unguessable();
        states.put(state, asked);
        String there = new Form(Map.of())
                .with("client_id", CLIENT_ID)
                .with("redirect_uri", origin + CALLBACK)
                .with("state", state)
                .on(origin.replace("127.0.0.1", "localhost") + THIRD_PARTY);
        String secure = isSecure() ? "; Secure" : "";
        return Response.empty(302)
                .with("Location", there)
                .with("Cache-Control", "no-store")
                .with(
                        "Set-Cookie",
                        cookieName() + "=" + cookieValue(asked.get("client_id")) + "; Path=/" + secure
                                + "; HttpOnly; SameSite=Lax");
    }

    /** What was asked for before the browser went on with this state, which is good for once. */
    Optional<Form> cameBack(Form back) {
        return Optional.ofNullable(states.remove(back.get("state")));
    }

    /** The third party, at which every user has consented before. */
    static Response thirdParty(Request request) {
        Form asked = Form.parse(request.query());
        return Response.empty(302)
                .with(
                        "Location",
                        new Form(Map.of())
                                .with("code", "of-the-third-party")
                                .with("state", asked.get("state"))
                                .on(asked.get("redirect_uri")));
    }

    private boolean isSecure() {
        return origin.startsWith("https:");
    }

    private String cookieName() {
        return (isSecure() ? "__Host-" : "") + COOKIE;
    }

    private String cookieValue(String client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] name = client.getBytes(StandardCharsets.UTF_8);
            return URL.encodeToString(name) + "." + URL.encodeToString(mac.doFinal(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
