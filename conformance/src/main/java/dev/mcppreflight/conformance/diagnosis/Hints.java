package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What cannot be blamed on a target: rules of deployment that will matter once it is public, and causes that nobody can see
 * from here. These are told after a pass only, and only where this target can suffer from them.
 */
final class Hints {

    private static final String BEFORE_HOSTED = "before a hosted client can reach it";
    private static final String BEFORE_BRIDGE = "before mcp-remote connects";
    private static final String BEFORE_SIGN_IN = "before users sign in through ChatGPT";
    private static final String UNSEEN = "not checked, if a client fails all the same";

    /** One hint and when it holds. */
    private record Conditional(String cause, String when, boolean afterPass, Predicate<Case> holds) {}

    private static final List<Conditional> ALL = Stream.of(
                    later("HOST-005", BEFORE_HOSTED, Hints::isPrivate),
                    later("NET-008", BEFORE_HOSTED, it -> isPrivate(it) && !isSecure(it)),
                    later("NET-007", BEFORE_HOSTED, it -> hasOddPort(it) && (isPrivate(it) || isSecure(it))),
                    later("MCPR-001", BEFORE_BRIDGE, it -> isPrivate(it) && !isSecure(it) && !isLoopback(it)),
                    later("MCP-002", "for clients of the revisions before 2026-07-28", Case::refusesOlderRevisions),
                    later("STDIO-022", "where an old version shows", ConfigurationRules::floats),
                    later("TOOL-019", "before deep research can use it", Hints::lacksHalfOfDeepResearch),
                    later("AUTH-044", BEFORE_SIGN_IN, Hints::takesClientsMadeByHand),
                    later("AUTH-019", BEFORE_SIGN_IN, Hints::takesClientDocumentsAlone),
                    later("MCPR-008", BEFORE_HOSTED, Hints::usesOwnHeader),
                    unseen("NET-002", it -> it.isPublic() && it.resolvesPrivately()),
                    unseen("NET-004", it -> it.isPublic() && it.resolvesPrivately()),
                    unseen("NET-024", Case::isPublic),
                    unseen("SESS-004", it -> it.isPublic() && issuesSessions(it)),
                    unseen("AUTH-012", it -> it.isPublic() && signsIn(it)),
                    unseen("AUTH-025", it -> it.isPublic() && signsIn(it)),
                    unseen("AUTH-036", it -> it.isPublic() && signsIn(it)),
                    unseen("AUTH-047", it -> it.isPublic() && signsIn(it)),
                    unseen("AUTH-050", it -> it.isPublic() && signsIn(it)),
                    unseen("MCPR-004", it -> it.isPublic() && signsIn(it)),
                    unseen("MCPR-007", it -> it.isPublic() && signsIn(it)),
                    unseen("MCP-023", it -> it.isPublic() && it.toolPages().any()),
                    unseen("TOOL-030", it -> it.isPublic() && it.toolPages().any()),
                    unseen("HOST-001", Case::isPublic),
                    unseen("HOST-002", Case::isPublic),
                    unseen("HOST-004", Case::isPublic),
                    unseen("HOST-006", Case::isPublic),
                    unseen("HOST-010", Case::isPublic),
                    unseen("STDIO-019", it -> it.speaks("stdio") && asksForNetwork(it)))
            .toList();

    private Hints() {}

    static List<Hint> of(Case it, boolean passed) {
        return ALL.stream()
                .filter(hint -> passed || !hint.afterPass())
                .filter(hint -> hint.holds().test(it))
                .map(hint -> new Hint(hint.cause(), hint.when()))
                .toList();
    }

    /** All causes that can be hinted at. */
    static List<String> causes() {
        return ALL.stream().map(Conditional::cause).toList();
    }

    private static Conditional later(String cause, String when, Predicate<Case> holds) {
        return new Conditional(cause, when, false, holds);
    }

    private static Conditional unseen(String cause, Predicate<Case> holds) {
        return new Conditional(cause, UNSEEN, true, holds);
    }

    /** One of the two tools that deep research wants, and not the other: it may be meant for it. */
    private static boolean lacksHalfOfDeepResearch(Case it) {
        boolean search = it.tool("search")
                .get("inputSchema")
                .get("properties")
                .get("query")
                .isObject();
        boolean fetch =
                it.tool("fetch").get("inputSchema").get("properties").get("id").isObject();
        return it.toolPages().any() && search != fetch;
    }

    private static Stream<Json> servers(Case it) {
        return it
                .signIn()
                .sentFor(Purpose.ISSUER_OAUTH, Purpose.ISSUER_OPENID, Purpose.ISSUER_OPENID_APPENDED)
                .status(200)
                .stream()
                .map(document -> Json.parseOrMissing(document.body()))
                .filter(document -> document.get("authorization_endpoint").isString());
    }

    /** A client that was made by hand has its callbacks written down, and without {@code iss} each connection has its own. */
    private static boolean takesClientsMadeByHand(Case it) {
        return servers(it)
                .anyMatch(server -> !registers(server)
                        && !server.get("client_id_metadata_document_supported").isTrue()
                        && !server.get("authorization_response_iss_parameter_supported")
                                .isTrue());
    }

    /** ChatGPT's document names a key in its older member and no secret in its newer one. */
    private static boolean takesClientDocumentsAlone(Case it) {
        return servers(it)
                .anyMatch(server -> !registers(server)
                        && server.get("client_id_metadata_document_supported").isTrue()
                        && server.get("token_endpoint_auth_methods_supported").items().stream()
                                .noneMatch(method -> method.text().equals("private_key_jwt")));
    }

    private static boolean registers(Json server) {
        return server.get("registration_endpoint").isString();
    }

    private static boolean isPrivate(Case it) {
        return it.address().filter(Address::isPrivate).isPresent();
    }

    private static boolean isLoopback(Case it) {
        return it.address().filter(Address::isLoopback).isPresent();
    }

    private static boolean isSecure(Case it) {
        return it.address().filter(Address::isSecure).isPresent();
    }

    private static boolean hasOddPort(Case it) {
        return it.address()
                .filter(address -> address.port() >= 0 && address.port() != 443)
                .isPresent();
    }

    /** A key in a header of its own: a bridge on the user's machine can send it, the forms of hosted clients know none. */
    private static boolean usesOwnHeader(Case it) {
        return it.contact().sending("X-API-Key", ".").any()
                || it.contact().sending("API-Key", ".").any();
    }

    private static boolean issuesSessions(Case it) {
        return it.handshake().withHeader("Mcp-Session-Id").any();
    }

    private static boolean signsIn(Case it) {
        return it.all().header("WWW-Authenticate", "resource_metadata").any()
                || it.contact().sentFor(Purpose.METADATA).any();
    }

    /** A process that speaks of the network in its last words; macOS asks the user before it lets an app there. */
    private static boolean asksForNetwork(Case it) {
        return it.contact()
                .whose(exchange -> exchange.standardError().matches("(?is).*(EHOSTUNREACH|No route to host).*"))
                .any();
    }
}
