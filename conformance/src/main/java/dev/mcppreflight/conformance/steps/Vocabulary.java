package dev.mcppreflight.conformance.steps;

import dev.mcppreflight.conformance.conversation.Answer;
import dev.mcppreflight.conformance.conversation.Caller;
import dev.mcppreflight.conformance.conversation.Crowd;
import dev.mcppreflight.conformance.conversation.Listing;
import dev.mcppreflight.conformance.conversation.Message;
import dev.mcppreflight.conformance.conversation.Quality;
import dev.mcppreflight.conformance.conversation.Reading;
import dev.mcppreflight.conformance.conversation.Trait;
import io.cucumber.java.ParameterType;
import java.util.Arrays;

/** The parameter types of the sentences; each is a closed set that refuses words it does not know. */
public class Vocabulary {

    @ParameterType(".+")
    public Trait trait(String phrase) {
        return Trait.of(phrase);
    }

    @ParameterType("an?(?:other)? (?:(?!sends).)+")
    public Caller caller(String phrase) {
        return Caller.of(phrase);
    }

    @ParameterType(".+")
    public Message message(String phrase) {
        return Message.of(phrase);
    }

    @ParameterType(".+")
    public Reading reading(String phrase) {
        return Reading.of(phrase);
    }

    @ParameterType(".+")
    public Crowd crowd(String phrase) {
        return Crowd.of(phrase);
    }

    @ParameterType(".+")
    public Answer answer(String phrase) {
        return Answer.of(phrase);
    }

    @ParameterType(".+")
    public Quality quality(String phrase) {
        return Quality.of(phrase);
    }

    @ParameterType("tools|resources|resource templates|prompts")
    public Listing.Kind listing(String words) {
        return Arrays.stream(Listing.Kind.values())
                .filter(kind -> kind.words().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
