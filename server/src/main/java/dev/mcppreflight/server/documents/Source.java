package dev.mcppreflight.server.documents;

import java.util.List;

/**
 * Where a document comes from.
 *
 * @param path the path of its file, unique in the collection
 * @param mediaType the type of that file, such as {@code text/markdown}
 * @param tags words that people gave it, in lower case
 */
public record Source(String path, String mediaType, List<String> tags) {

    /** Creates a source whose tags nobody changes. */
    public Source {
        tags = List.copyOf(tags);
    }

    /** Returns the last part of the path. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
