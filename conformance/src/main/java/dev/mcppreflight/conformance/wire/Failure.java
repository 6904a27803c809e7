package dev.mcppreflight.conformance.wire;

/**
 * Why no whole answer came.
 *
 * @param kind what happened, by its phase
 * @param detail one line for people: a host, a port, a system message; never null
 */
public record Failure(Kind kind, String detail) {

    /** The phases of a connection in which it can fail, in their order. */
    public enum Kind {
        /** The name does not resolve. */
        UNKNOWN_HOST,
        /** The port answers with a reset: nobody listens. */
        REFUSED,
        /** No answer to the connection attempt within the time. */
        CONNECT_TIMEOUT,
        /** No route, or forbidden by the system. */
        UNREACHABLE,
        /** The peer of an https address does not speak TLS. */
        NOT_TLS,
        /** No common version or cipher, or the server asks for a client certificate. */
        TLS_REFUSED,
        /** The certificate's time is over. */
        CERTIFICATE_EXPIRED,
        /** The certificate's time has not begun. */
        CERTIFICATE_NOT_YET_VALID,
        /** The certificate is its own issuer. */
        CERTIFICATE_SELF_SIGNED,
        /** An intermediate certificate is missing from the chain. */
        CERTIFICATE_CHAIN_INCOMPLETE,
        /** The chain ends in an authority that is not trusted here. */
        CERTIFICATE_UNTRUSTED,
        /** The certificate is for another name. */
        CERTIFICATE_WRONG_HOST,
        /** The first line of the answer is not HTTP. */
        NOT_HTTP,
        /** What answers speaks HTTP/2 and no HTTP/1.1. */
        HTTP2_ALONE,
        /** The connection ended before an answer. */
        CLOSED,
        /** The connection was reset. */
        RESET,
        /** No answer within the time: not even its headers. */
        NO_ANSWER,
        /** The answer began but did not end, or the awaited event did not come, within the time. */
        UNFINISHED,
        /** The body is shorter than announced, or a chunk is broken. */
        TRUNCATED,
        /** The body is larger than this tool reads. */
        TOO_LARGE,
        /** A command that cannot be started. */
        NOT_STARTED,
        /** A process that ended. */
        EXITED
    }
}
