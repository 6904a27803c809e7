package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Addresses;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is expected of an authorization server by a client that signs in; each rule answers what is wrong. */
final class TokenRules {

    /** A day; our judgement, since the specification says "short-lived" and gives no number. */
    private static final long LONGEST_LIFE = 24 * 3_600L;

    private static final Pattern HEADER_OF_A_REQUEST =
            Pattern.compile("(?i)\\b(host|user-agent|accept|content-length|x-forwarded-for)\\b");

    private TokenRules() {}

    static Optional<String> signedIn(Conversation conversation) {
        Walk walk = walk(conversation);
        if (walk.accessToken().isEmpty() && walk.problem().isEmpty()) {
            throw new NotTested("nobody was to sign in: --oauth-grant code");
        }
        return walk.problem().isEmpty() ? Optional.empty() : Optional.of(walk.problem());
    }

    // ---- registration

    static Optional<String> registered(Reply reply) {
        Json client = reply.message();
        if (reply.status() / 100 != 2 || !client.isObject()) {
            return Optional.of(reply.observed());
        }
        if (client.get("client_id").text().isEmpty()) {
            return Optional.of("no client_id");
        }
        if (client.get("redirect_uris").size() == 0) {
            return Optional.of("no redirect_uris, which were sent");
        }
        boolean endless = client.get("client_secret").isPresent()
                && client.get("client_secret_expires_at").isMissing();
        return endless ? Optional.of("a client_secret without client_secret_expires_at") : Optional.empty();
    }

    static Optional<String> mayReturn(Reply reply) {
        if (reply.status() == 429) {
            throw new NotTested("the authorization server limits how often clients may register (HTTP 429)");
        }
        String host = reply.exchange().purpose().replace(Purpose.REGISTER_FOR, "");
        return reply.status() / 100 == 2 ? Optional.empty() : Optional.of(host + ": " + reply.observed());
    }

    // ---- the page

    static Optional<String> staysHere(Reply reply, Conversation conversation) {
        String there = walk(conversation).returnAddress() + "/x";
        return location(reply).startsWith(there) ? Optional.of("Location: " + cut(location(reply))) : Optional.empty();
    }

    /** Where a client is registered, and where the browser goes. */
    static Optional<String> returnsSafely(Reply reply, Conversation conversation) {
        boolean registration = reply.exchange().purpose().equals(Purpose.REGISTER_PLAIN);
        return registration && !reply.isHttpRefusal()
                ? Optional.of("a client that returns without TLS was answered by " + reply.observed())
                : staysHere(reply, conversation);
    }

    /** A login page that comes before anything is looked at says nothing yet. */
    static Optional<String> refusesPage(Reply reply, Conversation conversation) {
        boolean back = location(reply).startsWith(walk(conversation).returnAddress());
        if (reply.status() / 100 == 3 && !back || isLogin(reply)) {
            throw new NotTested("the authorization server lets the user sign in before it looks at the request");
        }
        boolean refused = reply.status() >= 400 || back && location(reply).contains("error=");
        return refused ? Optional.empty() : Optional.of(reply.observed());
    }

    static Optional<String> staysAway(Reply reply, Conversation conversation) {
        return walk(conversation).trials().visitsOfCanary() > 0
                ? Optional.of("somebody who came to read the document")
                : refusesPage(reply, conversation);
    }

    /** A client that was known before may have been consented to before. */
    static Optional<String> asksTheUser(Reply reply, Conversation conversation) {
        if (walk(conversation).isGiven()) {
            throw new NotApplicable("the client did not register itself");
        }
        boolean back = location(reply).startsWith(walk(conversation).returnAddress());
        return back && location(reply).contains("code=")
                ? Optional.of("a code, although nobody was asked")
                : Optional.empty();
    }

    static Optional<String> namesHost(Reply reply, Conversation conversation) {
        requirePage(reply);
        String host = URI.create(walk(conversation).returnAddress()).getHost();
        return reply.exchange().body().contains(host)
                ? Optional.empty()
                : Optional.of("a page that does not say " + host);
    }

    static Optional<String> unframed(Reply reply) {
        requirePage(reply);
        boolean closed = reply.exchange().header("X-Frame-Options").isPresent()
                || reply.exchange()
                        .header("Content-Security-Policy")
                        .filter(policy -> policy.contains("frame-ancestors"))
                        .isPresent();
        return closed ? Optional.empty() : Optional.of("neither X-Frame-Options nor frame-ancestors");
    }

    static Optional<String> objects(Reply reply, String error) {
        boolean objects = location(reply).contains("error=" + error)
                || reply.status() >= 400 && reply.exchange().body().contains(error);
        return objects ? Optional.of(error + ": " + cut(location(reply) + reply.observed())) : Optional.empty();
    }

    static Optional<String> takesResource(Reply reply, Conversation conversation) {
        boolean withIt = isRefusal(reply, conversation);
        if (!withIt) {
            return Optional.empty();
        }
        Reply without =
                new Reply(walk(conversation).trials().pageWithoutResource().exchange(), Json.MISSING, Json.MISSING);
        return isRefusal(without, conversation)
                ? Optional.empty()
                : Optional.of("with a resource " + cut(location(reply) + " " + reply.observed()) + ", without one HTTP "
                        + without.status());
    }

    /** AS-010 and AS-012: the document is read, and not read again while it is fresh. */
    static Optional<String> describes(Reply reply, Conversation conversation) {
        if (isRefusal(reply, conversation)) {
            return Optional.of(reply.observed());
        }
        int reads = walk(conversation).trials().readsOfDocument();
        return reads == 1
                ? Optional.empty()
                : Optional.of("its document was read " + reads + " times for two requests");
    }

    // ---- the token

    static Optional<String> keepsIssuer(Reply reply, Conversation conversation) {
        Json metadata = conversation
                .contact()
                .discovery()
                .server()
                .map(document -> document.json())
                .orElse(Json.MISSING);
        boolean promised =
                metadata.get("authorization_response_iss_parameter_supported").isTrue();
        String issuer = walk(conversation).issuerOf(new Document("", reply.exchange(), Json.MISSING));
        if (promised && !issuer.equals(metadata.get("issuer").text())) {
            String with = location(reply).contains("error=") ? " with an error" : "";
            return Optional.of((issuer.isEmpty() ? "no iss" : "iss is '" + issuer + "'") + with);
        }
        return !promised && !issuer.isEmpty()
                ? Optional.of("iss, which the metadata does not announce")
                : Optional.empty();
    }

    static Optional<String> shortLived(Conversation conversation) {
        long seconds = walk(conversation).token().secondsToLive();
        if (seconds < 0) {
            return Optional.of("no expires_in");
        }
        return seconds > LONGEST_LIFE ? Optional.of("expires_in is " + seconds + " s") : Optional.empty();
    }

    static Optional<String> rotates(Conversation conversation) {
        if (!walk(conversation).isPublic()) {
            throw new NotApplicable("the client has a secret");
        }
        return walk(conversation).token().isRotated() ? Optional.empty() : Optional.of("the same refresh token");
    }

    static Optional<String> rotatesIfAny(Conversation conversation) {
        return walk(conversation).step(Purpose.REFRESH).isPresent()
                        && walk(conversation).isPublic()
                ? rotates(conversation)
                : Optional.empty();
    }

    static Optional<String> refreshable(Conversation conversation) {
        if (!walk(conversation).hasUser()) {
            throw new NotApplicable("machines get no refresh token");
        }
        return walk(conversation).token().hasRefreshToken()
                ? Optional.empty()
                : Optional.of(
                        "a token answer with " + walk(conversation).token().members());
    }

    static Optional<String> ownAudience(Conversation conversation) {
        Json audience = walk(conversation).token().audience();
        if (audience.isMissing()) {
            throw new NotTested("the token is opaque, and does not tell its audience");
        }
        List<String> named = audience.isArray() ? SignInRules.texts(audience) : List.of(audience.text());
        String wanted = Addresses.canonical(walk(conversation).resource());
        return named.stream().map(Addresses::canonical).anyMatch(wanted::equals)
                ? Optional.empty()
                : Optional.of("aud is " + audience + ", asked for was "
                        + walk(conversation).resource());
    }

    // ---- the token behind the server

    /** The request of another service shows in the result of a call; without it there is nothing to judge. */
    static Optional<String> goesNoFurther(Reply reply, Conversation conversation) {
        String token = conversation.target().bearer();
        if (token == null) {
            throw new NotTested("a token is missing: --bearer TOKEN or --oauth");
        }
        String shown = reply.result().toString();
        if (shown.contains(token)) {
            return Optional.of("the token of the caller in the request to the service behind");
        }
        boolean request = HEADER_OF_A_REQUEST.matcher(shown).find();
        if (reply.result().get("isError").isTrue() || !request) {
            throw new NotTested(
                    "the tool of --upstream-echo shows no headers of a request, such as Host or User-Agent: "
                            + reply.observed());
        }
        return Optional.empty();
    }

    // ---- helpers

    private static Walk walk(Conversation conversation) {
        return conversation.contact().walk();
    }

    private static boolean isRefusal(Reply reply, Conversation conversation) {
        boolean back = location(reply).startsWith(walk(conversation).returnAddress());
        return reply.status() >= 400 || back && location(reply).contains("error=");
    }

    private static void requirePage(Reply reply) {
        if (reply.status() != 200 || isLogin(reply)) {
            throw new NotTested("the page that asks the user comes after one to sign in at");
        }
    }

    private static boolean isLogin(Reply reply) {
        return reply.exchange().body().toLowerCase(Locale.ROOT).contains("type=\"password\"");
    }

    private static String location(Reply reply) {
        return reply.exchange().header("Location").orElse("");
    }

    private static String cut(String text) {
        return text.length() <= 160 ? text : text.substring(0, 160) + "...";
    }
}
