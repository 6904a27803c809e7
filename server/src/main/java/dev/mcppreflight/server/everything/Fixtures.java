package dev.mcppreflight.server.everything;

import static dev.mcppreflight.server.everything.Samples.text;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Change;
import dev.mcppreflight.server.protocol.Inquiry;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.LogLevel;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.replicas.Shelf;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the tools of the official suite do. */
final class Fixtures {

    private static final long BREATH_MILLIS = 50;
    private static final long AWAY_MILLIS = 100;
    private static final int TOKENS = 100;

    private final JsonCodec json;
    private final FixtureResources resources;
    private final Audience audience;
    private final Baskets baskets;

    Fixtures(JsonCodec json, FixtureResources resources, Audience audience, Shelf shelf) {
        this.json = json;
        this.resources = resources;
        this.audience = audience;
        this.baskets = new Baskets(json, shelf);
    }

    /** Returns the tools in their order. */
    List<Fixture> all() {
        return Stream.of(answering(), asking(), new RoundFixtures(json).all(), new BasketTools(baskets).all())
                .flatMap(List::stream)
                .toList();
    }

    private List<Fixture> answering() {
        return List.of(
                Fixture.plain(
                        "test_simple_text",
                        (in, context) -> List.of(text("This is a simple text response for testing."))),
                Fixture.plain("test_image_content", (in, context) -> List.of(Samples.image())),
                Fixture.plain("test_audio_content", (in, context) -> List.of(Samples.audio())),
                Fixture.plain(
                        "test_embedded_resource",
                        (in, context) -> List.of(Samples.resource(
                                "test://embedded-resource", "text/plain", "This is an embedded resource."))),
                Fixture.plain(
                        "test_multiple_content_types",
                        (in, context) -> List.of(
                                text("Multiple content types test:"),
                                Samples.image(),
                                Samples.resource(
                                        "test://mixed-content-resource", "application/json", "{\"test\":\"data\"}"))),
                Fixture.plain("test_error_handling", (in, context) -> {
                    throw new Fixture.Failed("This tool intentionally returns an error for testing");
                }),
                Fixture.plain("test_tool_with_progress", (in, context) -> progress(context)),
                Fixture.plain("test_tool_with_logging", (in, context) -> logging(context)),
                Fixture.plain("test_logging_tool", (in, context) -> {
                    context.log(LogLevel.INFO, "test", "The tool was called");
                    return List.of(text("A message was logged if it was asked for."));
                }),
                Fixture.plain("json_schema_2020_12_tool", (in, context) -> List.of(text(json.writeText(in)))),
                Fixture.plain("test_header_mirror", (in, context) -> List.of(text("Region: " + in.get("region")))),
                Fixture.plain("change_watched_resource", (in, context) -> {
                    resources.change();
                    return List.of(text("The watched resource has changed."));
                }),
                Fixture.plain("test_trigger_tool_change", (in, context) -> told(Change.TOOLS)),
                Fixture.plain("test_trigger_prompt_change", (in, context) -> told(Change.PROMPTS)));
    }

    /** The list itself stays: what a client is offered never depends on what another has called. */
    private List<Map<String, Object>> told(Change change) {
        audience.tell(change);
        return List.of(text("Told as if it had happened: " + change.method()));
    }

    private List<Fixture> asking() {
        return List.of(
                Fixture.asking("test_sampling", (in, context) -> sampling(String.valueOf(in.get("prompt")), context)),
                Fixture.asking("test_missing_capability", (in, context) -> sampling("Anything?", context)),
                Fixture.asking("test_streaming_elicitation", (in, context) -> {
                    context.progress(50, 100, null);
                    return List.of(text("User response: "
                            + elicited("Shall it go on?", Elicitations.field("ok", "boolean"), context)));
                }),
                Fixture.asking(
                        "test_elicitation",
                        (in, context) -> List.of(text("User response: "
                                + elicited(String.valueOf(in.get("message")), Elicitations.contact(), context)))),
                Fixture.asking(
                        "test_elicitation_sep1034_defaults",
                        (in, context) -> List.of(text("Elicitation completed: "
                                + elicited("Please review the defaults", Elicitations.defaults(), context)))),
                Fixture.asking(
                        "test_elicitation_sep1330_enums",
                        (in, context) -> List.of(text("Elicitation completed: "
                                + elicited("Please choose", Elicitations.choices(), context)))),
                Fixture.asking("test_reconnection", (in, context) -> reconnection(context)));
    }

    private static List<Map<String, Object>> progress(RequestContext context) {
        context.progress(0, 100, null);
        context.pause(BREATH_MILLIS);
        context.progress(50, 100, null);
        context.pause(BREATH_MILLIS);
        context.progress(100, 100, null);
        return List.of(text("Progress was reported if it was asked for."));
    }

    private static List<Map<String, Object>> logging(RequestContext context) {
        context.log(LogLevel.INFO, "test", "Tool execution started");
        context.pause(BREATH_MILLIS);
        context.log(LogLevel.INFO, "test", "Tool processing data");
        context.pause(BREATH_MILLIS);
        context.log(LogLevel.INFO, "test", "Tool execution completed");
        return List.of(text("Three messages were logged."));
    }

    private static List<Map<String, Object>> sampling(String prompt, RequestContext context) {
        Map<?, ?> message = Fixture.ask(Inquiry.sampling("message", text(prompt), TOKENS), context);
        Object said = message.get("content") instanceof Map<?, ?> content ? content.get("text") : null;
        return List.of(text("LLM response: " + said));
    }

    private String elicited(String message, Map<String, Object> form, RequestContext context) {
        Map<?, ?> answer = Fixture.ask(Inquiry.elicitation("form", message, form), context);
        return "action=" + answer.get("action") + ", content=" + json.writeText(answer.get("content"));
    }

    private static List<Map<String, Object>> reconnection(RequestContext context) {
        context.letGo();
        context.pause(AWAY_MILLIS);
        return List.of(text("The stream was closed and taken up again."));
    }
}
