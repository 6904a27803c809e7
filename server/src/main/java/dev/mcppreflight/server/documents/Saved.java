package dev.mcppreflight.server.documents;

/** What storing a document did. */
public enum Saved {
    /** There was none of that id. */
    CREATED,
    /** It replaced an older state. */
    UPDATED,
    /** It was there already, the same to the last character. */
    UNCHANGED
}
