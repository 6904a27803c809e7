package dev.mcppreflight.server.protocol;

/**
 * What the server says about itself.
 *
 * @param name the name for programs
 * @param title the name for people
 * @param version the version of this build
 * @param instructions how a model should use the server; the first 512 characters have to suffice, as clients cut there
 */
public record Identity(String name, String title, String version, String instructions) {}
