package dev.mcppreflight.server.auth;

import java.util.Set;

/**
 * How users sign in.
 *
 * @param issuer the authorization server that they are sent to
 * @param mixed whether handshake and lists are open to all
 * @param openTools tools that are open to all as well
 */
public record SignIn(Issuer issuer, boolean mixed, Set<String> openTools) {}
