package dev.mcppreflight.server.everything;

import static dev.mcppreflight.server.everything.Samples.text;

import dev.mcppreflight.server.protocol.Inquiry;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tools with which the official suite follows requests over several rounds (SEP-2322). They work in every revision. */
final class RoundFixtures {

    private static final String PREFIX = "test_input_required_result_";
    private static final int TOKENS = 100;

    private final JsonCodec json;

    RoundFixtures(JsonCodec json) {
        this.json = json;
    }

    /** Returns the tools in their order. */
    List<Fixture> all() {
        return List.of(
                tool(
                        "elicitation",
                        context -> "Hello, " + field(Fixture.ask(name("user_name"), context), "name") + "!"),
                tool(
                        "sampling",
                        context -> "The model says: "
                                + said(Fixture.ask(
                                        Inquiry.sampling(
                                                "capital_question", text("What is the capital of France?"), TOKENS),
                                        context))),
                tool(
                        "list_roots",
                        context -> "The client works on "
                                + json.writeText(Fixture.ask(Inquiry.roots("client_roots"), context)
                                        .get("roots"))),
                tool("request_state", this::confirmed),
                tool("tampered_state", this::confirmed),
                tool("multiple_inputs", context -> {
                    Map<String, Map<?, ?>> answers =
                            Fixture.ask(List.of(name("user_name"), greeting(), Inquiry.roots("client_roots")), context);
                    return said(answers.get("greeting")) + ", " + field(answers.get("user_name"), "name") + " of "
                            + json.writeText(answers.get("client_roots").get("roots"));
                }),
                tool("multi_round", context -> {
                    Object name = field(Fixture.ask(name("step1"), context), "name");
                    Object color = field(
                            Fixture.ask(
                                    Inquiry.elicitation(
                                            "step2",
                                            "Step 2: What is your favorite color?",
                                            Elicitations.field("color", "string")),
                                    context),
                            "color");
                    return name + " likes " + color + ".";
                }),
                tool(
                        "capabilities",
                        context -> json.writeText(Fixture.ask(
                                Stream.of(name("user_name"), greeting())
                                        .filter(context.peer()::can)
                                        .toList(),
                                context))));
    }

    private static Fixture tool(String name, Round round) {
        return Fixture.asking(PREFIX + name, (in, context) -> List.of(text(round.play(context))));
    }

    private String confirmed(RequestContext context) {
        Inquiry confirm = Inquiry.elicitation("confirm", "Please confirm", Elicitations.field("ok", "boolean"));
        return "state-ok: " + field(Fixture.ask(confirm, context), "ok");
    }

    private static Inquiry name(String key) {
        return Inquiry.elicitation(key, "What is your name?", Elicitations.field("name", "string"));
    }

    private static Inquiry greeting() {
        return Inquiry.sampling("greeting", text("Generate a greeting"), TOKENS);
    }

    /** What stands in a field of a form; users may also decline to fill it in. */
    private static Object field(Map<?, ?> answer, String name) {
        return answer.get("content") instanceof Map<?, ?> content && content.containsKey(name)
                ? content.get(name)
                : "(" + answer.get("action") + ")";
    }

    private static Object said(Map<?, ?> message) {
        return message.get("content") instanceof Map<?, ?> content ? content.get("text") : null;
    }

    /** What a tool says after it has asked. */
    @FunctionalInterface
    private interface Round {
        String play(RequestContext context);
    }
}
