package dev.mcppreflight.conformance.fault.http;

/** Answers HTTP requests. */
@FunctionalInterface
public interface HttpHandler {

    /** @throws Mishap where the server does something else than answer */
    Response handle(Request request);
}
