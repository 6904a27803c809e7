package dev.mcppreflight.conformance.catalogue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The requirements and the causes, read when first asked for. */
public final class Catalogue {

    private Map<String, Requirement> requirements;
    private Map<String, Cause> causes;

    /** All requirements that checks stand on, by id, in the order of their file. */
    public synchronized Map<String, Requirement> requirements() {
        if (requirements == null) {
            requirements = new LinkedHashMap<>();
            for (Json row : rows("features/requirements.yaml", "requirements")) {
                Requirement requirement = requirement(row);
                requirements.put(requirement.id(), requirement);
            }
        }
        return requirements;
    }

    /** All causes, by id, in the order of their file. */
    public synchronized Map<String, Cause> causes() {
        if (causes == null) {
            causes = new LinkedHashMap<>();
            for (Json row : rows("causes.yaml", "causes")) {
                Cause cause = cause(row);
                causes.put(cause.id(), cause);
            }
        }
        return causes;
    }

    /** The texts that clients show when a connection fails. */
    public List<ErrorText> errorTexts() {
        return rows("errors.yaml", "errors").stream()
                .map(row ->
                        new ErrorText(row.get("says").text(), row.get("where").text(), texts(row.get("causes"))))
                .toList();
    }

    public Optional<Requirement> requirement(String id) {
        return Optional.ofNullable(requirements().get(id));
    }

    public Optional<Cause> cause(String id) {
        return Optional.ofNullable(causes().get(id));
    }

    private static List<Json> rows(String path, String name) {
        return Yaml.parse(Resources.text(path), path).get(name).items();
    }

    private static Requirement requirement(Json row) {
        return new Requirement(
                row.get("id").text(),
                Level.of(row.get("level").text()),
                row.get("basis").text(),
                texts(row.get("revisions")),
                row.get("says").text(),
                row.get("source").text(),
                row.get("because").text(),
                row.get("fix").text());
    }

    private static Cause cause(Json row) {
        return new Cause(
                row.get("id").text(),
                row.get("title").text(),
                Cause.Severity.valueOf(row.get("severity").text().toUpperCase(Locale.ROOT)),
                Stage.of(row.get("stage").text()),
                row.get("symptom").text(),
                row.get("because").text(),
                row.get("signature").text(),
                row.get("fix").text(),
                texts(row.get("clients")),
                texts(row.get("sources")));
    }

    private static List<String> texts(Json list) {
        return list.items().stream().map(Json::text).toList();
    }
}
