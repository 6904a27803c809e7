package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evidence for tests.
 *
 * @param brokenAt the stage at which the first contact broke, or empty
 */
record Situation(
        String url,
        String transport,
        String brokenAt,
        boolean credentials,
        List<Exchange> contact,
        Map<String, List<Exchange>> findings,
        List<Exchange> others) {

    /** Streamable HTTP, the first contact unbroken. */
    static Situation contact(Canned... exchanges) {
        List<Exchange> contact = Arrays.stream(exchanges).map(Canned::exchange).toList();
        return new Situation(contact.get(0).url(), "streamable", "", false, contact, Map.of(), List.of());
    }

    /** A first contact in which all went well. */
    static Situation healthy() {
        return contact(Canned.welcome(), Canned.notification(), Canned.tools(Canned.tool("one")));
    }

    /** The same over HTTP+SSE. */
    static Situation healthySse() {
        return contact(
                        Canned.refused(),
                        Canned.stream(),
                        Canned.initialize().at(Canned.MESSAGES).status(202).answer(Canned.welcomeMessage()))
                .over("sse");
    }

    Situation brokenAt(String stage) {
        return new Situation(url, transport, stage, credentials, contact, findings, others);
    }

    Situation over(String other) {
        return new Situation(url, other, brokenAt, credentials, contact, findings, others);
    }

    Situation at(String address) {
        return new Situation(address, transport, brokenAt, credentials, contact, findings, others);
    }

    Situation withCredentials() {
        return new Situation(url, transport, brokenAt, true, contact, findings, others);
    }

    /** With a check that did not pass, and the exchanges behind it. */
    Situation finding(String check, Canned... exchanges) {
        Map<String, List<Exchange>> more = new LinkedHashMap<>(findings);
        more.put(check, Arrays.stream(exchanges).map(Canned::exchange).toList());
        return new Situation(url, transport, brokenAt, credentials, contact, more, others);
    }

    /** With exchanges in which no check found anything wrong. */
    Situation beside(Canned... exchanges) {
        List<Exchange> more = new ArrayList<>(others);
        Arrays.stream(exchanges).map(Canned::exchange).forEach(more::add);
        return new Situation(url, transport, brokenAt, credentials, contact, findings, more);
    }

    Situation finding(Canned... exchanges) {
        return finding("MCP-TEST-001", exchanges);
    }

    Evidence evidence() {
        return new Evidence(
                transport.equals("stdio") ? "" : url,
                transport,
                "2025-11-25",
                brokenAt,
                credentials,
                contact,
                findings,
                others);
    }

    List<String> causes() {
        return Diagnostician.diagnose(evidence()).stream().map(Diagnosis::cause).toList();
    }
}
