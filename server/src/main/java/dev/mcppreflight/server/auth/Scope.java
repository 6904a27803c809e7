package dev.mcppreflight.server.auth;

import java.util.List;

/** What can be granted. */
public final class Scope {

    /** To read documents: tools that declare that they only read, and resources. */
    public static final String READ = "documents:read";

    /** To change something: all other tools. It holds {@link #READ}. */
    public static final String WRITE = "documents:write";

    /** All of them, the least first. */
    public static final List<String> ALL = List.of(READ, WRITE);

    private Scope() {}
}
