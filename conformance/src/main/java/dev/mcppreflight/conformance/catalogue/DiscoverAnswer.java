package dev.mcppreflight.conformance.catalogue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;

/** What kind of answer server/discover got. */
public enum DiscoverAnswer {
    /** A discover result that names the revision in which was asked. */
    RESULT,
    /** A discover result that does not. */
    OTHER_REVISION,
    /** An event stream, whatever is on it. */
    STREAM,
    /** A JSON-RPC error with a status of success. */
    RPC_ERROR,
    /** Another success. */
    JUNK,
    /** A status that asks for a credential. */
    CHALLENGE,
    /** A status 4xx. */
    REFUSAL,
    /** A status 5xx. */
    SERVER_ERROR,
    /** A redirect, which causes of their own are about. */
    REDIRECT,
    /** No answer, or none that came whole. */
    NOTHING;

    /** The word in the files of clients. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The kind of an answer as it was recorded. */
    public static DiscoverAnswer of(Exchange exchange) {
        int status = exchange.status();
        if (status >= 500) {
            return SERVER_ERROR;
        }
        if (status == 401 || status == 403) {
            return CHALLENGE;
        }
        if (status >= 400) {
            return REFUSAL;
        }
        if (status >= 300) {
            return REDIRECT;
        }
        if (exchange.isStream()) {
            return STREAM;
        }
        Json answer = exchange.message();
        if (answer.get("error").isObject()) {
            return RPC_ERROR;
        }
        if (exchange.failure() != null) {
            return NOTHING;
        }
        Json versions = answer.get("result").get("supportedVersions");
        if (!versions.isArray()) {
            return JUNK;
        }
        return versions.items().stream().anyMatch(version -> version.text().equals(Revision.MODERN))
                ? RESULT
                : OTHER_REVISION;
    }
}
