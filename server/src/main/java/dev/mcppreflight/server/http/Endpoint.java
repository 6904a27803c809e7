package dev.mcppreflight.server.http;

import java.io.IOException;

/**
 * Something that this server answers beside the MCP routes.
 *
 * @param method the HTTP method; what takes GET takes HEAD
 * @param path the path from the root of the server; a last segment {@code {id}} stands for any id
 * @param openness who may call it
 * @param tool the tool that it calls, or null
 * @param handler what answers
 */
public record Endpoint(String method, String path, Openness openness, String tool, Handler handler) {

    /** Creates an endpoint that calls no tool. */
    public Endpoint(String method, String path, Openness openness, Handler handler) {
        this(method, path, openness, null, handler);
    }

    /** The last segment of a path that stands for any id. */
    static final String VARIABLE = "/{id}";

    /** Who may call an endpoint. */
    public enum Openness {
        /** Who has a key, if keys are asked for. */
        KEY,
        /** Everybody who names the right host and comes from an allowed origin: it shows no document. */
        PUBLIC,
        /** Everybody who names the right host, and every page: it tells how to sign in, and nothing else. */
        OPEN,
        /** Everybody, under whatever name: the health checks of platforms call by address. */
        PROBE
    }

    /** Answers calls; safe for use by several threads. */
    @FunctionalInterface
    public interface Handler {

        /** Returns the answer. */
        Answer answer(Call call) throws IOException;
    }
}
