package dev.mcppreflight.server.documents;

/** How finely documents are cut, from short chunks for facts to long ones for context. */
public enum Granularity {
    /** About 60 chunks for 10,000 characters. */
    ULTRA_FINE(200, 50),
    /** About 30 chunks for 10,000 characters. */
    FINE(400, 100),
    /** About 20 chunks for 10,000 characters. */
    MEDIUM(600, 150),
    /** About 12 chunks for 10,000 characters. */
    STANDARD(1000, 200),
    /** About 8 chunks for 10,000 characters. */
    COARSE(1500, 300);

    private final int size;
    private final int overlap;

    Granularity(int size, int overlap) {
        this.size = size;
        this.overlap = overlap;
    }

    /** Returns the largest length of a chunk in characters. */
    public int size() {
        return size;
    }

    /** Returns how many characters of a chunk the next one repeats, at most. */
    public int overlap() {
        return overlap;
    }
}
