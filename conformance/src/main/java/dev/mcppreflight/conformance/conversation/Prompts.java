package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import java.util.Optional;

/** Prompts of the target that a scenario can use. */
final class Prompts {

    private Prompts() {}

    /** One that can be had without arguments. */
    static Json plain(Conversation conversation) {
        return find(conversation, false).orElseThrow(() -> new NotApplicable("every prompt has required arguments"));
    }

    /** One that has a required argument. */
    static Json demanding(Conversation conversation) {
        return find(conversation, true).orElseThrow(() -> new NotApplicable("no prompt has required arguments"));
    }

    /** A reference to the first prompt with arguments. */
    static Json reference(Conversation conversation) {
        return Json.object(
                "type", "ref/prompt", "name", withArguments(conversation).get("name"));
    }

    /** The first argument of that prompt, with nothing typed yet. */
    static Json argument(Conversation conversation) {
        return Json.object(
                "name", withArguments(conversation).get("arguments").at(0).get("name"), "value", "");
    }

    private static Json withArguments(Conversation conversation) {
        return conversation.contact().listing(Listing.Kind.PROMPTS).items().stream()
                .filter(prompt -> prompt.get("arguments").size() > 0)
                .findFirst()
                .orElseThrow(() -> new NotApplicable("no prompt has arguments to complete"));
    }

    private static Optional<Json> find(Conversation conversation, boolean required) {
        return conversation.contact().listing(Listing.Kind.PROMPTS).items().stream()
                .filter(prompt -> prompt.get("arguments").items().stream()
                                .anyMatch(argument -> argument.get("required").isTrue())
                        == required)
                .findFirst();
    }
}
