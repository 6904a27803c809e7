package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Client.Kind;
import dev.mcppreflight.conformance.catalogue.Client.Reach;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.report.ClientReadiness.Field;
import dev.mcppreflight.conformance.report.ClientReadiness.Next;
import dev.mcppreflight.conformance.report.ClientReadiness.Step;
import dev.mcppreflight.conformance.report.Printable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the user of a client does next: what to enter for this very server, what to ask, what to do by hand. */
final class NextSteps {

    private static final String PUBLIC_HOST = "YOUR-PUBLIC-HOST";
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_DESCRIPTION = 200;

    private final Client client;
    private final Situation situation;
    private final Sightings seen;
    private final Optional<GoldenQuestion> question;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param way how one gets in: none, oauth or key */
    NextSteps(Client client, Situation situation, Sightings seen, String way) {
        this.client = client;
        this.situation = situation;
        this.seen = seen;
        this.question = GoldenQuestion.about(seen.tools());
        put("name", name());
        put("label", label());
        put("description", description());
        put("url", url());
        put("transport", situation.transport().equals("sse") ? "sse" : "http");
        put("sse-only", situation.transport().equals("sse") ? " --transport sse-only" : "");
        put(
                "authentication",
                client.authentication(way).orElse("not possible: it asks for a key, and there is no field for one"));
        put("command", situation.words().stream().findFirst().orElse(""));
        put("arguments", Json.of(situation.words().stream().skip(1).toList()).toString());
        put("commandline", situation.words().stream().map(NextSteps::quoted).collect(Collectors.joining(" ")));
        put("word", "a word of its documents");
        put("tool", question.map(GoldenQuestion::tool).orElse(""));
        put("request", question.map(GoldenQuestion::request).orElse(""));
        put("arguments-of-tool", question.map(GoldenQuestion::arguments).orElse(""));
    }

    Next next() {
        List<Field> fields = client.fields().stream()
                .filter(field -> field.kinds().contains(situation.kind()))
                .map(field -> new Field(field.field(), filled(field.value())))
                .filter(field -> !field.value().isBlank())
                .toList();
        List<Step> steps = client.steps().stream()
                .filter(step -> step.kinds().contains(situation.kind()))
                .map(step -> new Step(
                        step.action(),
                        step.basis().date(),
                        step.basis().sources().stream().findFirst().orElse("")))
                .toList();
        return new Next(
                fields,
                question.isPresent() ? filled(client.question()) : "",
                question.map(GoldenQuestion::tool).orElse(""),
                steps);
    }

    private void put(String name, String value) {
        values.put("{" + name + "}", value);
    }

    private String filled(String template) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }

    /** What the server calls itself; what it says is no more than text. */
    private String name() {
        Json info = seen.serverInfo();
        String name = info.get("title").text().isBlank()
                ? info.get("name").text()
                : info.get("title").text();
        return name.isBlank() ? "My server" : Printable.line(name.strip(), LONGEST_NAME);
    }

    private String label() {
        String label =
                name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return label.isEmpty() ? "my-server" : label;
    }

    private String description() {
        String text = seen.handshake().get("instructions").text().strip();
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end + 1);
        return sentence.length() <= LONGEST_DESCRIPTION ? Printable.line(sentence, LONGEST_DESCRIPTION) : "";
    }

    /** For a hosted client, an address that it can reach. */
    private String url() {
        boolean hosted = client.reach(situation.kind()).filter(Reach::hosted).isPresent();
        if (situation.kind() == Kind.COMMAND || !hosted || !situation.isPrivate()) {
            return situation.address();
        }
        try {
            String path = URI.create(situation.address()).getRawPath();
            return "https://" + PUBLIC_HOST + (path == null ? "" : path);
        } catch (IllegalArgumentException e) {
            return "https://" + PUBLIC_HOST;
        }
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
