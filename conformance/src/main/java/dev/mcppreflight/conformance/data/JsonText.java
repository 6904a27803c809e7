package dev.mcppreflight.conformance.data;

import java.util.Objects;

/**
 * A text that is a JSON value, or was meant to be one. It is read, or written, when somebody first asks for the other form,
 * and only once, however many rules look at it: a result may be as large as the largest body. Safe for several threads.
 */
public final class JsonText {

    private volatile String text;
    private volatile Json json;

    private JsonText(String text, Json json) {
        this.text = text;
        this.json = json;
    }

    /** What these characters say; null for null. */
    public static JsonText of(String text) {
        return text == null ? null : new JsonText(text, null);
    }

    /** The text of a value that was read already. */
    public static JsonText of(Json json) {
        return new JsonText(null, Objects.requireNonNull(json));
    }

    /** The characters. */
    public String text() {
        if (text == null) {
            text = json.toString();
        }
        return text;
    }

    /** The value; {@link Json#MISSING} where the characters are no JSON. */
    public Json json() {
        if (json == null) {
            json = Json.parseOrMissing(text);
        }
        return json;
    }

    /** The same in other characters; this very text where they are its own. */
    public JsonText as(String other) {
        return other.equals(text()) ? this : of(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
