package dev.mcppreflight.conformance.catalogue;

import java.util.List;

/**
 * A known way in which connections fail.
 *
 * @param id such as NET-005; never renumbered
 * @param title one line
 * @param severity how bad it is for clients
 * @param stage the rung that it breaks
 * @param symptom what the user of a client sees
 * @param because why it fails
 * @param signature how it looks on the wire
 * @param fix what to do
 * @param clients which clients mind
 * @param sources where to read
 */
public record Cause(
        String id,
        String title,
        Severity severity,
        Stage stage,
        String symptom,
        String because,
        String signature,
        String fix,
        List<String> clients,
        List<String> sources) {

    /** From worst to mildest. */
    public enum Severity {
        /** At least one client cannot connect or cannot use any tool. */
        BLOCKER,
        /** Works partly, now and then, or only for some clients. */
        MAJOR,
        /** Degraded, or only in special set-ups. */
        MINOR,
        /** Worth telling, no fault. */
        INFO;

        /** The word in reports. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
