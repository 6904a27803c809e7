package dev.mcppreflight.conformance.fault;

/** Answers HTTP requests. */
@FunctionalInterface
interface HttpHandler {

    /** @throws Mishap where the server does something else than answer */
    Response handle(Request request);
}
