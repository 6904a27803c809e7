package dev.mcppreflight.server.rest;

import java.util.function.Supplier;

/**
 * Something that this server needs to do its work.
 *
 * @param name what operators call it
 * @param required whether the server is of no use without it
 * @param probe asks it something small and returns how it is; throws when it does not answer
 */
public record Component(String name, boolean required, Supplier<Health> probe) {

    /**
     * How a component that does its work is.
     *
     * @param kind what it is, such as {@code embedded-lucene}
     * @param note what it lacks nevertheless, for everybody to read; or null
     */
    public record Health(String kind, String note) {}

    /** It answers, and lacks something. The message is for everybody to read: it names no address and no secret. */
    public static final class Incomplete extends RuntimeException {

        /** Creates the exception. */
        public Incomplete(String message) {
            super(message, null, false, false);
        }
    }
}
