package dev.mcppreflight.server.http;

import java.util.Map;

/**
 * A form with a file, as browsers and {@code curl -F} send it.
 *
 * @param fields the fields, each name with its last value
 * @param file the file, or null when there is none
 */
public record Form(Map<String, String> fields, File file) {

    /**
     * A file in a form.
     *
     * @param name its name without folders, as the client says it
     * @param type its media type, as the client says it; or null
     * @param bytes what is in it
     */
    public record File(String name, String type, byte[] bytes) {}
}
