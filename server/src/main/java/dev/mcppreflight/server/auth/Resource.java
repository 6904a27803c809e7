package dev.mcppreflight.server.auth;

import java.util.Set;

/**
 * What is asked for, as clients see it.
 *
 * @param metadata where its metadata stand (RFC 9728)
 * @param audiences the names under which tokens may be made out to it
 */
public record Resource(String metadata, Set<String> audiences) {}
