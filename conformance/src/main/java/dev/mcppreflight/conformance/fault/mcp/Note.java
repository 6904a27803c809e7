package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;

/** The resources of the healthy server. */
record Note(String uri, String name, String title, String mimeType, String text, String blob) {

    private static final List<Note> ALL = List.of(
            new Note("notes://library/welcome", "welcome", "Welcome", "text/plain", "Welcome to the café.\n", null),
            new Note("notes://library/rules", "rules", "House rules", "text/markdown", "# Rules\n\nBe kind.\n", null),
            new Note(
                    "notes://library/dot",
                    "dot",
                    "One dot",
                    "image/png",
                    null,
                    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="));

    private static final List<Json> TEMPLATES = List.of(
            template("notes://library/{name}", "note", "A note by its name"),
            template("notes://library/{name}/{language}", "translated-note", "A note in a language"),
            template("notes://archive/{year}/{name}", "archived-note", "A note of a past year"));

    /** The entries of {@code resources/list}. */
    static List<Json> descriptions() {
        return ALL.stream().map(Note::description).toList();
    }

    /** The entries of {@code resources/templates/list}. */
    static List<Json> templates() {
        return TEMPLATES;
    }

    static Json read(Json params) {
        String uri = existing(params);
        return Json.object(
                "contents",
                ALL.stream()
                        .filter(note -> note.uri.equals(uri))
                        .map(Note::contents)
                        .toList());
    }

    /** The URI of a resource that exists. */
    static String existing(Json params) {
        if (!params.get("uri").isString()) {
            throw new RpcError(RpcError.INVALID_PARAMS, "A uri is needed");
        }
        String uri = params.get("uri").text();
        if (ALL.stream().noneMatch(note -> note.uri.equals(uri))) {
            throw new RpcError(RpcError.RESOURCE_NOT_FOUND, "Resource not found");
        }
        return uri;
    }

    private Json description() {
        return Json.object(
                "uri",
                uri,
                "name",
                name,
                "title",
                title,
                "description",
                "A note of the library: " + title + ".",
                "mimeType",
                mimeType,
                "annotations",
                Json.object(
                        "audience",
                        Json.array("user", "assistant"),
                        "priority",
                        0.5,
                        "lastModified",
                        "2025-11-25T12:00:00Z"));
    }

    private Json contents() {
        Json contents = Json.object("uri", uri, "mimeType", mimeType);
        return text != null ? contents.with("text", text) : contents.with("blob", blob);
    }

    private static Json template(String uriTemplate, String name, String title) {
        return Json.object(
                "uriTemplate", uriTemplate,
                "name", name,
                "title", title,
                "description", title + ".",
                "mimeType", "text/plain");
    }
}
