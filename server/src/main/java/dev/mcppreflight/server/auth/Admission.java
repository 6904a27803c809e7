package dev.mcppreflight.server.auth;

/** What becomes of a request by its credentials. */
public sealed interface Admission {

    /**
     * It may go on.
     *
     * @param identity who sends it
     */
    record Admitted(Identity identity) implements Admission {}

    /**
     * It may not.
     *
     * @param refusal the answer
     */
    record Refused(Refusal refusal) implements Admission {}
}
