package dev.mcppreflight.server.rest;

import java.util.function.Supplier;

/**
 * Something that this server needs to do its work.
 *
 * @param name what operators call it
 * @param required whether the server is of no use without it
 * @param probe asks it something small and returns its kind; throws when it does not answer
 */
public record Component(String name, boolean required, Supplier<String> probe) {}
