package dev.mcppreflight.server.documents;

import java.util.ArrayList;
import java.util.List;

/** Cuts documents into passages at paragraph borders. */
public final class Passages {

    private final int longest;

    /**
     * Creates a cutter.
     *
     * @param longest the length in characters up to which paragraphs are joined; a single longer paragraph stays whole
     */
    public Passages(int longest) {
        this.longest = longest;
    }

    /** Returns the passages of this document in their order; together they hold every paragraph exactly once. */
    public List<Passage> of(Document document) {
        List<Passage> passages = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String paragraph : document.text().split("\\R\\s*\\R")) {
            if (!current.isEmpty() && current.length() + paragraph.length() > longest) {
                passages.add(new Passage(document, passages.size(), current.toString()));
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : "\n\n").append(paragraph.strip());
        }
        if (!current.isEmpty()) {
            passages.add(new Passage(document, passages.size(), current.toString()));
        }
        return passages;
    }
}
