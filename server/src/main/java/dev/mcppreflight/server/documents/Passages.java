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
        for (String block : blocks(document.text())) {
            if (!current.isEmpty() && current.length() + block.length() > longest) {
                passages.add(new Passage(document, passages.size(), current.toString()));
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : "\n\n").append(block);
        }
        if (!current.isEmpty()) {
            passages.add(new Passage(document, passages.size(), current.toString()));
        }
        return passages;
    }

    /** Returns the paragraphs; a heading stays with the paragraph that it announces. */
    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        String heading = "";
        for (String paragraph : text.strip().split("\\R\\s*\\R")) {
            String block = heading + paragraph.strip();
            if (paragraph.startsWith("#")) {
                heading = block + "\n\n";
            } else {
                blocks.add(block);
                heading = "";
            }
        }
        if (!heading.isEmpty()) {
            blocks.add(heading.strip());
        }
        return blocks;
    }
}
