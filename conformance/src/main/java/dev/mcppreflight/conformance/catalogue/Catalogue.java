package dev.mcppreflight.conformance.catalogue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The requirements, the causes and the clients, read when first asked for. */
public final class Catalogue {

    private final Map<String, Rows> translations = new LinkedHashMap<>();

    /** All requirements that checks stand on, by id, in the order of their file. */
    public Map<String, Requirement> requirements() {
        Map<String, Requirement> all = new LinkedHashMap<>();
        requirementRows().ids().forEach(id -> all.put(id, requirement(id).orElseThrow()));
        return all;
    }

    /** The requirements of the specification that no check covers yet. */
    public List<Uncovered> uncovered() {
        Rows rows = new Rows("features/uncovered.yaml");
        return rows.ids().stream()
                .flatMap(id -> rows.row(id).stream())
                .map(row -> new Uncovered(
                        row.get("id").text(),
                        row.get("level").text(),
                        row.get("testable").text(),
                        row.get("reason").text()))
                .toList();
    }

    /** All causes, by id, in the order of their file. */
    public Map<String, Cause> causes() {
        Map<String, Cause> all = new LinkedHashMap<>();
        causeRows().ids().forEach(id -> all.put(id, cause(id).orElseThrow()));
        return all;
    }

    /** The texts that clients show when a connection fails. */
    public ErrorTexts errorTexts() {
        return new ErrorTexts(Yaml.parse(Resources.text("errors.yaml"), "errors.yaml").get("errors").items().stream()
                .map(row -> new ErrorText(
                        texts(row.get("says")),
                        row.get("where").text(),
                        texts(row.get("causes")),
                        row.get("decide").isMissing()
                                ? "check URL"
                                : row.get("decide").text()))
                .toList());
    }

    /** How a cause is mended in the products that are known to show it; nothing where they do not differ. */
    public List<ProductFix> productFixes(String cause) {
        return Yaml.parse(Resources.text("products.yaml"), "products.yaml").get("fixes").items().stream()
                .filter(row -> texts(row.get("causes")).contains(cause))
                .map(row -> new ProductFix(
                        row.get("product").text(),
                        texts(row.get("causes")),
                        row.get("fix").text()))
                .toList();
    }

    /** All clients that are known, in the order of reports. */
    public List<Client> clients() {
        return List.copyOf(Clients.BY_NAME.values());
    }

    /** The client of that name. */
    public Optional<Client> client(String name) {
        return Optional.ofNullable(Clients.BY_NAME.get(name));
    }

    /** The names of all clients. */
    public static List<String> clientNames() {
        return ClientFile.NAMES;
    }

    public Optional<Requirement> requirement(String id) {
        return requirementRows().row(id).map(Catalogue::requirement);
    }

    /** From where a cause can be seen; nothing where there is no such cause. */
    public Optional<Visibility> visibility(String cause) {
        return causeRows()
                .row(cause)
                .map(row -> new Visibility(
                        row.get("visible").text(), row.get("undetected").text()));
    }

    public Optional<Cause> cause(String id) {
        return causeRows().row(id).map(Catalogue::cause);
    }

    /** The cause with title, reason, symptom and fix in another language; empty where it was not translated to it. */
    public Optional<Cause> translation(Cause cause, String language) {
        return translationRows(language)
                .row(cause.id())
                .map(row -> new Cause(
                        cause.id(),
                        row.get("title").text(),
                        cause.severity(),
                        cause.stage(),
                        row.get("symptom").text(),
                        row.get("because").text(),
                        cause.signature(),
                        row.get("fix").text(),
                        cause.clients(),
                        cause.sources()));
    }

    private synchronized Rows translationRows(String language) {
        return translations.computeIfAbsent(language, code -> new Rows("causes_" + code + ".yaml"));
    }

    private static Rows requirementRows() {
        return Requirements.ROWS;
    }

    private static Rows causeRows() {
        return Causes.ROWS;
    }

    /** What travels with this tool never changes, so that it is read once, and only where it is needed. */
    private static final class Requirements {
        static final Rows ROWS = new Rows("features/requirements.yaml");
    }

    private static final class Causes {
        static final Rows ROWS = new Rows("causes.yaml");
    }

    private static final class Clients {
        static final Map<String, Client> BY_NAME = ClientFile.NAMES.stream()
                .collect(Collectors.toMap(Function.identity(), ClientFile::load, (a, b) -> a, LinkedHashMap::new));
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
