package dev.mcppreflight.conformance.target;

import java.net.URI;

/** What shows a page to the user who signs in. */
@FunctionalInterface
public interface Browser {

    /** Shows the page, without waiting for what the user does. */
    void open(URI page);
}
