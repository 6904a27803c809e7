package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The evidence of a run in the words of rules. */
final class Case {

    private final Evidence evidence;
    private final List<Exchange> all;

    Case(Evidence evidence) {
        this.evidence = evidence;
        this.all = new ArrayList<>(contact().stream().toList());
        findings().stream()
                .filter(exchange -> all.stream().noneMatch(new Sight(exchange, "")::isOf))
                .forEach(all::add);
    }

    // ---- exchanges

    /** The exchanges of the first contact with the target itself. */
    Exchanges contact() {
        return Exchanges.of(evidence.contact())
                .whose(exchange -> !exchange.purpose().equals(Purpose.ELSEWHERE) && !isSignIn(exchange));
    }

    /** What was asked for to find out where to sign in, and how. */
    Exchanges signIn() {
        return Exchanges.of(evidence.contact()).whose(Case::isSignIn);
    }

    private static boolean isSignIn(Exchange exchange) {
        return Purpose.SIGN_IN.contains(exchange.purpose());
    }

    /** The refusals of callers without a credential. */
    Exchanges refusals() {
        return all().status(401, 403).whose(exchange -> !Facts.hasCredential(exchange));
    }

    /** The usual paths of the same host that were tried. */
    Exchanges triedElsewhere() {
        return Exchanges.of(evidence.contact()).and(others()).sentFor(Purpose.ELSEWHERE);
    }

    /** Those of them that were answered as an MCP endpoint answers. */
    Exchanges elsewhere() {
        return triedElsewhere()
                .whose(exchange -> exchange.status() == 401
                        || exchange.status() == 200 && exchange.isStream()
                        || Facts.answer(exchange).get("result").isPresent());
    }

    /** Whether it refused to speak under the name that it was called by, and speaks under the name localhost. */
    boolean answersToLocalhost() {
        return isBroken() && asLocalhost().any();
    }

    Exchanges asLocalhost() {
        return others().sentFor(Purpose.OTHER_HOST)
                .result(result -> result.get("protocolVersion").isPresent());
    }

    /** Whether the target took connections and answered none of its requests, whatever they were. */
    boolean isMute() {
        return knock().failedBy(Kind.NO_ANSWER).any()
                && all().whose(exchange -> !exchange.isStdio() && exchange.status() > 0)
                        .none();
    }

    /** Those of the first contact that went to the very address of the target. */
    Exchanges knock() {
        return contact().sentFor(Purpose.INITIALIZE, Purpose.STREAM, START).whose(this::isKnock);
    }

    /** The exchanges behind the checks that did not pass, and only those, as long as somebody was there to answer. */
    Exchanges findings() {
        boolean killed = killingCalls().any();
        return unmet().whose(exchange -> !isGone(exchange)
                // What a call has killed ends what was asked beside it as well.
                && !(killed && exchange.failedBy(Kind.CLOSED, Kind.RESET) && !isCall(exchange)));
    }

    /** Those behind the checks that did not pass because nobody was there any more, who had been there at first. */
    Exchanges afterItsEnd() {
        return unmet().whose(this::isGone);
    }

    /** The calls of tools without an answer after which nobody listened any more. */
    Exchanges killingCalls() {
        if (afterItsEnd().none() || diesOfDiscovery()) {
            return Exchanges.NONE;
        }
        return everything().plain().whose(Case::isCall).failedBy(Kind.CLOSED, Kind.RESET);
    }

    /** Whether no question for the newer era was ever survived: what was asked beside it ended with it. */
    private boolean diesOfDiscovery() {
        Exchanges asked = everything().about(Sent.DISCOVER).and(modern().sentFor(Purpose.DISCOVER + Purpose.BESIDE));
        return asked.failedBy(Kind.CLOSED, Kind.RESET).any()
                && asked.whose(exchange -> exchange.status() > 0).none();
    }

    private static boolean isCall(Exchange exchange) {
        return Facts.sent(exchange).get("method").text().equals("tools/call");
    }

    private Exchanges unmet() {
        return Exchanges.of(evidence.findings().values().stream()
                .flatMap(List::stream)
                .filter(exchange -> !exchange.purpose().equals(Purpose.ELSEWHERE) && !isSignIn(exchange))
                .filter(exchange -> !isBeside(exchange))
                .distinct()
                .toList());
    }

    private boolean isGone(Exchange exchange) {
        return exchange.failedBy(Kind.REFUSED)
                && !exchange.purpose().equals(Sent.STILL_SERVING)
                && evidence.contact().get(0).status() > 0;
    }

    /** All exchanges: those of the first contact, then those behind the checks that did not pass. */
    Exchanges all() {
        return Exchanges.of(all);
    }

    /** What was seen beside the first contact and the findings: passed checks and the survey. */
    Exchanges others() {
        return Exchanges.of(evidence.others()).whose(exchange -> !isBeside(exchange));
    }

    /** What was asked in the modern revision: of a target that speaks no other, everything; no other rule is about the rest. */
    Exchanges modern() {
        Exchanges beside = Exchanges.of(
                Stream.concat(evidence.findings().values().stream().flatMap(List::stream), evidence.others().stream())
                        .filter(Case::isBeside)
                        .distinct()
                        .toList());
        return refusesOlderRevisions() ? everything() : beside;
    }

    private static boolean isBeside(Exchange exchange) {
        return exchange.purpose().endsWith(Purpose.BESIDE);
    }

    /** Whatever was seen, whether anything was wrong with it or not. */
    Exchanges everything() {
        return all().and(others());
    }

    /** The exchanges behind one check, if that did not pass. */
    Exchanges finding(String check) {
        return Exchanges.of(evidence.findings().getOrDefault(check, List.of()));
    }

    /**
     * The initialize request of the first contact; over HTTP+SSE the one that went to the address of messages, not the
     * one with which Streamable HTTP was tried at the address of the stream. Where it got on without, the question that stands
     * in its place.
     */
    Exchanges handshake() {
        if (refusesOlderRevisions()) {
            return contact().sentFor(Purpose.DISCOVER);
        }
        Exchanges all = contact().sentFor(Purpose.INITIALIZE);
        return speaks("sse") && openStreams().any() ? all.whose(exchange -> !isKnock(exchange)) : all;
    }

    /** Whether it refused the handshake of the revisions before 2026-07-28 and got on without. */
    boolean refusesOlderRevisions() {
        Exchanges older = contact().sentFor(Purpose.INITIALIZE);
        return !isBroken()
                && older.errors().any()
                && older.result(result -> true).none();
    }

    /** Whether this went to the very address of the target. */
    boolean isKnock(Exchange exchange) {
        return exchange.url().equals(evidence.contact().get(0).url());
    }

    /** The streams of HTTP+SSE that were opened. */
    Exchanges openStreams() {
        return open(all());
    }

    /** The same, and those of checks that passed: what was meant for one session may have come to any of the others. */
    Exchanges everyStream() {
        return open(everything());
    }

    private static Exchanges open(Exchanges among) {
        return among.method("GET").streams().status(200).whose(exchange -> Facts.endpoint(exchange)
                .isPresent());
    }

    /** The pages of the list of tools as the first contact read them. */
    Exchanges toolPages() {
        return contact().sentFor(Purpose.LIST_TOOLS);
    }

    /** Those pages of the list of tools with a tool in which something is wrong, with a note of what. */
    Exchanges tools(Function<Json, String> problem) {
        return toolPages().noting(page -> Facts.answer(page).get("result").get("tools").items().stream()
                .map(tool -> about(tool, problem.apply(tool)))
                .toList());
    }

    private static String about(Json tool, String problem) {
        return problem.isEmpty() ? "" : "tool '" + tool.get("name").text() + "': " + problem;
    }

    /** What the list says of a tool; missing when it is not listed. */
    Json tool(String name) {
        return toolPages().stream()
                .flatMap(page -> Facts.answer(page).get("result").get("tools").items().stream())
                .filter(tool -> tool.get("name").text().equals(name))
                .findFirst()
                .orElse(Json.MISSING);
    }

    // ---- circumstances

    /** The address of the target; nothing for a command. */
    Optional<Address> address() {
        return Address.of(evidence.url());
    }

    /** The address as it was given; empty for a command. */
    String url() {
        return evidence.url();
    }

    boolean isPublic() {
        return address().filter(address -> !address.isPrivate()).isPresent();
    }

    /** What the name leads to, as far as it was looked up. */
    List<String> addresses() {
        return others().sentFor(Purpose.RESOLVE).stream()
                .flatMap(exchange -> exchange.body().lines())
                .toList();
    }

    /** Whether the name has private addresses alone, as it resolves here. */
    boolean resolvesPrivately() {
        List<String> addresses = addresses();
        return !addresses.isEmpty()
                && addresses.stream()
                        .map(address -> address.contains(":") ? "[" + address + "]" : address)
                        .allMatch(host -> Address.of("http://" + host)
                                .filter(Address::isPrivate)
                                .isPresent());
    }

    boolean speaks(String transport) {
        return evidence.transport().equals(transport);
    }

    boolean hasCredentials() {
        return evidence.hasCredentials();
    }

    /** Whether the first contact broke. */
    boolean isBroken() {
        return !evidence.brokenAt().isEmpty();
    }

    boolean isBrokenAt(String stage) {
        return evidence.brokenAt().equals(stage);
    }

    /** Whether the target's path is the usual one of HTTP+SSE. */
    boolean isStreamPath() {
        return address().filter(address -> address.path().endsWith("/sse")).isPresent();
    }

    private static final String START = "start the command";
}
