package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.wire.Exchange;
import java.util.List;
import java.util.Map;

/**
 * What diagnosis looks at, and all that it looks at.
 *
 * @param url the address of the target; empty for a command
 * @param transport the word of the transport that was found out or is likeliest
 * @param revision that was negotiated; empty when none was
 * @param brokenAt the word of the stage at which the first contact broke; empty when it did not
 * @param hasCredentials whether the operator gave any
 * @param contact the exchanges of the first contact
 * @param findings the exchanges behind each check that failed or warned, by its id, in the order of the ladder
 * @param others what was seen beside that: the exchanges behind the checks that passed, and those of the survey
 */
public record Evidence(
        String url,
        String transport,
        String revision,
        String brokenAt,
        boolean hasCredentials,
        List<Exchange> contact,
        Map<String, List<Exchange>> findings,
        List<Exchange> others) {}
