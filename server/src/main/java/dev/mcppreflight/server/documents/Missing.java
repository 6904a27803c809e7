package dev.mcppreflight.server.documents;

/**
 * Something that a store should hold and does not, such as a table that somebody dropped.
 *
 * @param object what it is, with its name
 * @param essential whether the server is of no use without it
 */
public record Missing(String object, boolean essential) {}
