package dev.mcppreflight.server.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server says about itself.
 *
 * @param name the name for programs
 * @param title the name for people
 * @param version the version of this build
 * @param instructions how a model should use the server; the first 512 characters have to suffice, as clients cut there
 */
public record Identity(String name, String title, String version, String instructions) {

    /** Returns what clients are told as {@code serverInfo}. */
    public Map<String, String> info() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("name", name);
        info.put("title", title);
        info.put("version", version);
        return info;
    }
}
