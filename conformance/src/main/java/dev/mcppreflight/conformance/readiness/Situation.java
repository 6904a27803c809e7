package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Client.Kind;
import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.List;
import java.util.Set;

/**
 * What a run found, as far as clients mind.
 *
 * @param kind what the target is
 * @param address the address, or the command in a line; redacted
 * @param words the command and its arguments; redacted, none for an address
 * @param credentials whether the operator gave any
 * @param transport how the target was spoken to
 * @param revision that was negotiated; empty when none was
 * @param causes the root cause first
 * @param deployment what matters once the target is public, the causes of the advice
 * @param checks what became of every check
 * @param contact the exchanges of the first contact
 */
public record Situation(
        Kind kind,
        String address,
        List<String> words,
        boolean credentials,
        String transport,
        String revision,
        List<CauseFinding> causes,
        List<Cause> deployment,
        List<CheckResult> checks,
        List<Exchange> contact) {

    /** The causes that say where a target is, rather than what it does. */
    public static final Set<String> DEPLOYMENT = Set.of("HOST-005", "NET-007", "NET-008");

    /** The cause that says that only this machine or its network can reach an address. */
    static final String LOCAL = "HOST-005";

    boolean isPrivate() {
        return deployment.stream().anyMatch(cause -> cause.id().equals(LOCAL));
    }

    boolean speaksModernOnly() {
        return revision.equals(Revision.MODERN);
    }

    boolean isOpened() {
        return !revision.isEmpty();
    }
}
