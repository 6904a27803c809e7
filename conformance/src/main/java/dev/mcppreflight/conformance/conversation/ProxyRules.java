package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.signin.Addresses;
import dev.mcppreflight.conformance.signin.Cookie;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.ProxyTrial;
import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is expected of a proxy that signs in at a third party under one client id; each rule answers what is wrong. */
final class ProxyRules {

    private static final int MOST_COOKIES = 6;
    private static final int SHORTEST_STATE = 16;

    private ProxyRules() {}

    /** SEC-013: every client is asked for, in every browser. */
    static Optional<String> asksForEach(Conversation conversation) {
        Walk walk = walk(conversation);
        ProxyTrial trial = walk.trials().proxy();
        Optional<URI> unasked = trial.away(trial.page());
        if (unasked.isPresent()) {
            if (trial.sent("client_id").equals(walk.clientId())) {
                throw new NotApplicable("the third party is asked in the name of the client, not of the proxy");
            }
            return Optional.of("the way to " + unasked.get().getHost() + " before anybody was asked");
        }
        requireThirdParty(trial, walk);
        Document fresh = trial.unknown(walk.clientId());
        if (trial.away(fresh).isPresent()) {
            return Optional.of("a browser without cookies was not asked, once somebody had consented in another");
        }
        return trial.away(trial.again(otherClient(walk, conversation)))
                .map(to -> "the way to " + to.getHost()
                        + " for a client that nobody consented to, in a browser in which another was allowed");
    }

    /** SEC-015: what remembers a consent is out of the reach of scripts and other sites, and not to be forged. */
    static Optional<String> safeCookies(Conversation conversation) {
        Walk walk = walk(conversation);
        ProxyTrial trial = walk.trials().proxy();
        requireThirdParty(trial, walk);
        if (trial.away(trial.again(walk.clientId())).isEmpty()) {
            throw new NotApplicable("the user is asked each time: no cookie remembers a consent");
        }
        List<Cookie> remembering = trial.cookies().stream()
                .limit(MOST_COOKIES)
                .filter(cookie ->
                        trial.away(trial.without(cookie, walk.clientId())).isEmpty())
                .toList();
        if (remembering.isEmpty()) {
            throw new NotApplicable("no cookie by itself remembers the consent");
        }
        boolean tls = trial.page().exchange().url().startsWith("https:");
        for (Cookie cookie : remembering) {
            List<String> missing = missing(cookie, tls);
            if (!missing.isEmpty()) {
                return Optional.of("the cookie " + cookie.name() + " without " + String.join(", ", missing));
            }
            if (trial.away(trial.with(cookie.changed(), walk.clientId())).isPresent()) {
                return Optional.of("the cookie " + cookie.name() + ", which can be changed");
            }
        }
        return Optional.empty();
    }

    /** Browsers take __Host- and Secure over TLS alone; Strict keeps more out than Lax. */
    private static List<String> missing(Cookie cookie, boolean tls) {
        List<String> missing = new ArrayList<>();
        if (tls && !cookie.name().startsWith("__Host-")) {
            missing.add("the prefix __Host-");
        }
        if (tls && !cookie.attributes().containsKey("secure")) {
            missing.add("Secure");
        }
        if (!cookie.attributes().containsKey("httponly")) {
            missing.add("HttpOnly");
        }
        String sameSite = cookie.attributes().getOrDefault("samesite", "").toLowerCase(Locale.ROOT);
        if (!List.of("lax", "strict").contains(sameSite)) {
            missing.add("SameSite=Lax");
        }
        return missing;
    }

    /** SEC-017: what leads back from the third party cannot be guessed, invented or used again. */
    static Optional<String> guardsState(Conversation conversation) {
        Walk walk = walk(conversation);
        ProxyTrial trial = walk.trials().proxy();
        if (trial.away(trial.last()).isEmpty()) {
            requireThirdParty(trial, walk);
        }
        String state = trial.sent("state");
        if (state.isEmpty()) {
            return Optional.of("no state on the way to the third party");
        }
        if (state.length() < SHORTEST_STATE
                || alike(state, walk.trials().anotherProxy().sent("state"))) {
            return Optional.of("a state that can be guessed, of " + state.length() + " characters");
        }
        boolean early = trial.pressed().isPresent()
                && trial.cookiesBefore().stream()
                        .anyMatch(cookie -> cookie.value().contains(state));
        if (early) {
            return Optional.of("a cookie with the state before anybody had consented");
        }
        return checksState(trial, state, walk);
    }

    /** An error takes no code, so that its refusal can be for nothing but the state. */
    private static Optional<String> checksState(ProxyTrial trial, String state, Walk walk) {
        String there = trial.sent("redirect_uri");
        String own = String.valueOf(URI.create(trial.page().exchange().url()).getRawAuthority());
        if (!Addresses.isWeb(there) || !own.equals(URI.create(there).getRawAuthority())) {
            throw new NotTested("the third party sends the browser back to another site: " + there);
        }
        if (walk.comesBack(trial.comeBack(""))) {
            return Optional.of("a way back from the third party without a state");
        }
        if (walk.comesBack(trial.comeBack("preflight-" + state.substring(state.length() / 2)))) {
            return Optional.of("a way back from the third party with an invented state");
        }
        Document meant = trial.comeBack(state);
        if (!walk.comesBack(meant)) {
            throw new NotTested("errors of the third party never reach the client (HTTP "
                    + meant.exchange().status() + "), so that nothing tells whether the state is looked at");
        }
        return walk.comesBack(trial.comeBack(state))
                ? Optional.of("a second way back with a state that was used")
                : Optional.empty();
    }

    /** Whether most of both is the same. */
    private static boolean alike(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return one.length() - same < SHORTEST_STATE / 2;
    }

    private static String otherClient(Walk walk, Conversation conversation) {
        if (!Reading.isRegistering(conversation.contact())) {
            throw new NotApplicable("clients cannot register themselves");
        }
        return walk.trials()
                .registeredId(Purpose.REGISTER_AGAIN)
                .orElseThrow(() -> new NotTested("another client was not registered, so that none can be asked for"));
    }

    private static void requireThirdParty(ProxyTrial trial, Walk walk) {
        if (walk.comesBack(trial.last())) {
            throw new NotApplicable("no third party is asked: the browser came straight back");
        }
        Document pressed = trial.pressed()
                .orElseThrow(() -> new NotTested("no page has a form whose button allows: HTTP "
                        + trial.page().exchange().status()));
        if (trial.away(pressed).isEmpty()) {
            throw new NotTested(
                    "the consent led nowhere: HTTP " + pressed.exchange().status());
        }
    }

    private static Walk walk(Conversation conversation) {
        return conversation.contact().walk();
    }
}
