package dev.mcppreflight.server.documents;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Reads Markdown with a front matter of plain {@code key: value} lines between two lines of three hyphens. */
public final class DocumentParser {

    private static final String FENCE = "---\n";

    /**
     * Returns the document in this text.
     *
     * @param id the id to give it
     * @throws IllegalArgumentException when the front matter is missing or lacks a field
     */
    public Document parse(String id, String markdown) {
        String text = markdown.replace("\r\n", "\n");
        int end = text.indexOf("\n" + FENCE, FENCE.length() - 1);
        if (!text.startsWith(FENCE) || end < 0) {
            throw new IllegalArgumentException(id + ": no front matter");
        }
        Map<String, String> fields = fields(id, text.substring(FENCE.length(), end));
        return new Document(
                id,
                field(id, fields, "title"),
                text.substring(end + 1 + FENCE.length()).strip(),
                field(id, fields, "url"),
                field(id, fields, "language"),
                field(id, fields, "category"),
                field(id, fields, "commune"),
                LocalDate.parse(field(id, fields, "date")));
    }

    private static Map<String, String> fields(String id, String header) {
        Map<String, String> fields = new HashMap<>();
        for (String line : header.split("\n")) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException(id + ": not a 'key: value' line: " + line);
            }
            fields.put(line.substring(0, colon), line.substring(colon + 2).strip());
        }
        return fields;
    }

    private static String field(String id, Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(id + ": no field " + name);
        }
        return value;
    }
}
