package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.wire.Challenge;
import java.util.Optional;
import java.util.Set;

/**
 * What a client does when a permission is missing: it asks for the one that the challenge names, and tries again (2025-11-25
 * basic/authorization#step-up-authorization-flow).
 */
final class StepUp {

    private StepUp() {}

    /** The call again, with a token that has the scopes which its refusal named. */
    static Reply after(Reply refusal, Conversation conversation, Outgoing message) {
        String named = missing(refusal)
                .orElseThrow(() ->
                        new NotApplicable("no permission is named that could be asked for: " + refusal.observed()));
        Walk walk = conversation.contact().walk();
        return conversation.sessions().inOneOf(token(walk, named, conversation), message);
    }

    private static String token(Walk walk, String named, Conversation conversation) {
        Set<String> wanted = SignInRules.scopes(named);
        if (!walk.accessToken().isEmpty() && walk.granted().containsAll(wanted)) {
            return walk.accessToken();
        }
        Walk other = walk.again(named, conversation.log());
        if (other.accessToken().isEmpty()) {
            throw new NotTested("signing in got no further: " + other.problem());
        }
        if (!other.granted().containsAll(wanted)) {
            throw new NotTested("the authorization server granted " + other.granted() + ", asked for was " + wanted);
        }
        return other.accessToken();
    }

    /** Another refusal for want of permission is wrong; any other one has reasons of its own. */
    static Optional<String> isEnough(Reply reply) {
        if (missing(reply).isPresent()) {
            return Optional.of("a second refusal: "
                    + reply.exchange().header("WWW-Authenticate").orElse(""));
        }
        if (reply.status() == 401 || reply.status() == 403) {
            throw new NotTested("the token with that permission was refused: " + reply.observed());
        }
        return Optional.empty();
    }

    private static Optional<String> missing(Reply reply) {
        return Challenge.bearer(reply.exchange())
                .filter(challenge -> reply.status() == 403)
                .filter(challenge -> challenge.get("error").equals("insufficient_scope"))
                .map(challenge -> challenge.get("scope"))
                .filter(scopes -> !scopes.isBlank());
    }
}
