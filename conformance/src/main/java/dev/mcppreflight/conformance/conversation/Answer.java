package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.StdioProcess;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scenario can expect of a reply. Each constant answers what was observed in its place, or nothing when the
 * expectation is met. A new expectation is one more constant here.
 */
public enum Answer implements Phrases.Phrase {
    // -- reach
    CONNECTION(
            "a connection",
            (reply, c) -> met(
                    !reply.exchange()
                            .failedBy(
                                    Failure.Kind.UNKNOWN_HOST,
                                    Failure.Kind.REFUSED,
                                    Failure.Kind.CONNECT_TIMEOUT,
                                    Failure.Kind.UNREACHABLE,
                                    Failure.Kind.NOT_STARTED),
                    reply)),
    SECURE(
            "a TLS handshake with a trusted certificate",
            (reply, c) -> met(reply.exchange().timings().secured() >= 0, reply)),
    HTTP("an answer in HTTP", (reply, c) -> met(reply.status() > 0, reply)),
    NO_GATEWAY_ERROR(
            "no error of a gateway",
            (reply, c) -> met(
                    reply.status() < 500
                            && reply.exchange().header("ngrok-error-code").isEmpty(),
                    reply)),
    NO_REDIRECT("no redirect", (reply, c) -> met(reply.status() / 100 != 3, reply)),
    NO_WEB_PAGE(
            "no web page",
            (reply, c) -> met(
                    !reply.exchange().mediaType().equals("text/html")
                            || reply.status() == 401
                            || reply.status() == 405
                            || reply.status() == 404,
                    reply)),
    WHOLE("a body as long as announced", (reply, c) -> met(!reply.exchange().failedBy(Failure.Kind.TRUNCATED), reply)),
    UNCODED(
            "a body in a coding that was asked for",
            (reply, c) -> met(
                    reply.exchange()
                            .header("Content-Encoding")
                            .map(coding -> coding.equalsIgnoreCase("identity"))
                            .orElse(true),
                    reply.exchange()
                            .header("Content-Encoding")
                            .map(coding -> "Content-Encoding: " + coding)
                            .orElse(""))),

    SAME_WELCOME(
            "the same welcome as any other",
            (reply, c) -> met(c.contact().first().status() / 100 != 2 || reply.status() / 100 == 2, reply)),
    FALL_BACK(
            "a refusal after which clients fall back",
            (reply, c) -> met(reply.status() == 404 || reply.status() == 405 || reply.status() == 400, reply)),
    NO_EMPTY_PROMISE("no promise of changes that cannot be told", (reply, c) -> {
        boolean promised =
                c.contact().capabilities().get("tools").get("listChanged").isTrue();
        boolean sessionless =
                c.contact().initialize().exchange().header(HttpHeaders.SESSION).isEmpty();
        boolean silent = reply.status() == 200
                && reply.exchange().stream().events().isEmpty()
                && reply.exchange().stream().comments() == 0;
        return met(
                !(promised && sessionless && silent),
                "listChanged is announced, there are no sessions, and the stream is silent");
    }),

    // -- JSON-RPC
    ANY_ANSWER("an answer", (reply, c) -> met(reply.message().isPresent() && !isRefusedUnread(reply), reply)),
    RESULT("a result", (reply, c) -> met(reply.isResult(), reply)),
    EMPTY_RESULT(
            "an empty result",
            (reply, c) -> met(
                    reply.isResult()
                            && reply.result().isObject()
                            && reply.result().names().stream().allMatch("_meta"::equals),
                    reply)),
    ONE_OF_BOTH(
            "a result or an error, never both",
            (reply, c) -> met(
                    reply.message().get("result").isPresent()
                            != reply.message().get("error").isPresent(),
                    reply)),
    WELL_FORMED(
            "a well-formed JSON-RPC message",
            (reply, c) -> met(
                    reply.message().isObject()
                            && reply.message().get("jsonrpc").text().equals("2.0")
                            && (reply.message().get("result").isPresent()
                                    || reply.message().get("error").isObject()),
                    reply)),
    SAME_ID("the same id", (reply, c) -> met(reply.message().get("id").equals(reply.id()), reply)),
    ERROR("an error", (reply, c) -> met(reply.isError() || reply.isHttpRefusal(), reply)),
    ERROR_OBJECT(
            "an error with code and message",
            (reply, c) -> met(
                    reply.message().get("error").get("code").isPresent()
                            && reply.message().get("error").get("message").isString(),
                    reply)),
    INTEGER_CODE(
            "an error with an integer code",
            (reply, c) -> met(reply.message().get("error").get("code").isInteger(), reply)),
    SHORT_MESSAGE("an error with one short sentence", (reply, c) -> {
        String text = reply.message().get("error").get("message").text();
        return met(!text.isBlank() && text.length() <= 400 && text.indexOf('\n') < 0, reply);
    }),
    METHOD_NOT_FOUND("the error method not found", (reply, c) -> code(reply, -32601)),
    INVALID_PARAMS("the error invalid params", (reply, c) -> code(reply, -32602)),
    CURSOR_REFUSED("the error invalid params, where it gives out cursors", (reply, c) -> {
        c.requireCursors(reply);
        return code(reply, -32602);
    }),
    PARSE_ERROR(
            "the error parse error or a refusal",
            (reply, c) -> met(reply.code() == -32700 || reply.isHttpRefusal(), reply)),
    RESOURCE_NOT_FOUND("the error resource not found", (reply, c) -> code(reply, -32002)),
    PROTOCOL_ERROR("a protocol error", (reply, c) -> met(reply.isError(), reply)),
    TOOL_OR_PROTOCOL_ERROR(
            "an error of the tool or of the protocol",
            (reply, c) ->
                    met(reply.result().get("isError").isTrue() || (reply.isError() && reply.status() < 500), reply)),
    TOOL_ERROR(
            "an error of the tool",
            (reply, c) -> met(reply.result().get("isError").isTrue(), reply)),
    NO_ANSWER(
            "no answer",
            // A body that is no message, such as null, is a body and no answer.
            (reply, c) -> met(
                    !(reply.message().isObject() || reply.message().isArray())
                            || (reply.isError() && reply.status() >= 400),
                    reply)),
    REFUSED("a refusal", (reply, c) -> met(reply.isError() || reply.isHttpRefusal(), reply)),
    REFUSED_BY_HTTP("a refusal by HTTP", (reply, c) -> met(reply.isHttpRefusal(), reply)),
    NO_SERVER_ERROR(
            "no failure of the server",
            (reply, c) -> met(reply.status() < 500 && (reply.exchange().failure() == null), reply)),
    SERVED_OR_REFUSED(
            "a usable answer or a clear refusal",
            (reply, c) -> met(reply.message().isPresent() && reply.status() < 500 || reply.isHttpRefusal(), reply)),

    // -- Streamable HTTP
    ENDPOINT(
            "an MCP endpoint",
            (reply, c) -> met(
                    reply.status() / 100 == 2
                            || reply.status() == 401
                            || reply.status() == 403
                            || reply.message().isPresent(),
                    reply)),
    JSON_OR_STREAM("JSON or an event stream", (reply, c) -> {
        String type = reply.exchange().mediaType();
        boolean fits = type.equals("application/json") || type.equals("text/event-stream");
        return reply.status() / 100 != 2
                ? Optional.empty()
                : met(fits, type.isEmpty() ? "no Content-Type" : "Content-Type: " + type);
    }),
    ONE_OBJECT(
            "one JSON object",
            (reply, c) -> met(reply.exchange().isStream() || reply.message().isObject(), reply)),
    ACCEPTED(
            "acceptance without a body",
            (reply, c) -> met(reply.status() == 202 && reply.exchange().body().isEmpty(), reply)),
    ACCEPTED_OR_REFUSED(
            "acceptance without a body or a refusal",
            (reply, c) -> met(
                    reply.status() >= 400
                            || (reply.status() == 202 && reply.exchange().body().isEmpty()),
                    reply)),
    STREAM_OR_405(
            "an event stream or method not allowed",
            (reply, c) -> met(
                    reply.status() == 405
                            || (reply.status() == 200 && reply.exchange().isStream()),
                    reply)),
    NO_RESPONSES(
            "no responses on the stream",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream()
                            .map(event -> event.message())
                            .noneMatch(message -> message.get("result").isPresent()
                                    || message.get("error").isPresent()),
                    reply)),
    SUCCESS_OR_405(
            "success or method not allowed",
            (reply, c) -> met(reply.status() / 100 == 2 || reply.status() == 405, reply)),
    NOT_FOUND("the status not found", (reply, c) -> met(reply.status() == 404, reply)),
    BAD_REQUEST("the status bad request", (reply, c) -> met(reply.status() == 400, reply)),
    BAD_REQUEST_OR_SERVED(
            "the status bad request or an ordinary answer",
            (reply, c) -> met(reply.status() == 400 || reply.isResult(), reply)),
    NOT_FOUND_OR_BAD_REQUEST(
            "the status not found or bad request",
            (reply, c) -> met(reply.status() == 404 || reply.status() == 400, reply)),
    FORBIDDEN("the status forbidden", (reply, c) -> met(reply.status() == 403, reply)),
    ANSWER_ON_STREAM(
            "a stream that holds the response",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream()
                            .map(event -> event.message())
                            .anyMatch(message -> message.get("result").isPresent()
                                    || message.get("error").isPresent()),
                    reply)),
    MESSAGE_EVENTS("messages in events named message", (reply, c) -> c.streamOf(reply).events().stream()
            .filter(event -> event.message().get("jsonrpc").isPresent())
            .map(SseEvent::name)
            .filter(name -> !name.equals("message"))
            .findFirst()
            .map(name -> "an event named " + name)),
    PRIMED(
            "a first event with an id and no data",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream()
                            .limit(1)
                            .anyMatch(
                                    event -> event.id() != null && event.data().isEmpty()),
                    "the first event is "
                            + reply.exchange().stream().events().stream()
                                    .findFirst()
                                    .map(event -> event.name() + (event.id() == null ? " without id" : " with data"))
                                    .orElse("missing"))),
    RETRY(
            "a time after which to reconnect",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream().anyMatch(event -> event.retry() != null),
                    "no retry field")),
    UNIQUE_EVENT_IDS("event ids that are never used twice", (reply, c) -> {
        Set<String> seen = new HashSet<>();
        return c.evidence().stream()
                .flatMap(exchange -> exchange.stream().events().stream())
                .map(SseEvent::id)
                .filter(id -> id != null && !id.isEmpty() && !seen.add(id))
                .findFirst()
                .map(id -> "the event id " + id + " came twice");
    }),
    UTF_8(
            "text in UTF-8",
            (reply, c) -> met(
                    !c.streamOf(reply).invalidUtf8()
                            && !reply.exchange().body().contains("\uFFFD")
                            && !c.sentInvalidUtf8()
                            && c.contact().log().exchanges().stream()
                                    .noneMatch(exchange -> exchange.stream().invalidUtf8()),
                    "octets that are not UTF-8")),
    CLEAN_STREAM("an event stream without stray text", (reply, c) -> {
        SseFacts stream = c.streamOf(reply);
        if (stream.byteOrderMark()) {
            return Optional.of("a byte order mark before the first event");
        }
        return stream.strayLines().stream().findFirst().map(line -> "a line that is no field: " + line);
    }),

    BOTH(
            "answers to both",
            (reply, c) -> met(
                    reply.message().isArray() && reply.message().size() == 2
                            || reply.exchange().stream().events().stream()
                                            .filter(event ->
                                                    event.message().get("id").isPresent())
                                            .count()
                                    == 2,
                    reply)),
    END_OF_STREAM(
            "an end of the stream",
            (reply, c) -> met(
                    reply.exchange().ended() || reply.message().isMissing(),
                    "the stream is still open a second later")),

    // -- sessions
    VISIBLE_ASCII("a session id of visible ASCII", (reply, c) -> {
        String id = reply.exchange().header(HttpHeaders.SESSION).orElse("");
        return met(Syntax.VISIBLE.matcher(id).matches(), "a session id with other characters, or an empty one");
    }),
    DISTINCT_IDS("a session id of its own for each", (reply, c) -> {
        List<String> ids = sessionIds(c);
        return met(new HashSet<>(ids).size() == ids.size(), "the same session id for two sessions");
    }),
    UNGUESSABLE_IDS("session ids that cannot be guessed", (reply, c) -> {
        List<String> ids = sessionIds(c);
        String shortest = ids.stream().min((a, b) -> a.length() - b.length()).orElse("");
        boolean sequential = ids.size() > 1 && commonPrefix(ids) > 0.6 * shortest.length();
        return met(
                shortest.length() >= 16 && !sequential,
                "session ids of " + shortest.length() + " characters, of which the first " + commonPrefix(ids)
                        + " never change");
    }),
    NO_COOKIE(
            "no cookie",
            (reply, c) ->
                    met(reply.exchange().header("Set-Cookie").isEmpty(), "a cookie, which MCP clients do not keep")),

    // -- HTTP+SSE
    OPEN_STREAM("an open stream", (reply, c) -> met(reply.status() == 200, reply)),
    STREAM("an event stream", (reply, c) -> met(reply.exchange().isStream(), reply)),
    ENDPOINT_EVENT("an endpoint event", (reply, c) -> met(endpoint(reply).isPresent(), seenEvents(reply))),
    ENDPOINT_EVENT_FIRST(
            "an endpoint event before all others",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream().limit(1).anyMatch(event -> event.name()
                            .equals("endpoint")),
                    seenEvents(reply))),
    SAME_ORIGIN("an endpoint on the same origin", (reply, c) -> {
        String data = endpoint(reply).map(SseEvent::data).orElse("");
        java.net.URI own = c.target().url();
        try {
            java.net.URI there = own.resolve(data.trim());
            boolean same = String.valueOf(there.getScheme()).equalsIgnoreCase(own.getScheme())
                    && String.valueOf(there.getRawAuthority()).equalsIgnoreCase(own.getRawAuthority());
            return met(same, "messages go to " + there.getScheme() + "://" + there.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.of("no address: " + data);
        }
    }),
    ABSOLUTE_ENDPOINT("an endpoint that no client can misread", (reply, c) -> {
        String data = endpoint(reply).map(SseEvent::data).orElse("/").trim();
        return met(data.startsWith("/") || data.contains("://"), "the relative address " + data + " without a slash");
    }),
    POST_ACCEPTED("a message that is accepted", (reply, c) -> met(reply.status() / 100 == 2, reply)),
    EMPTY_POST(
            "an answer on the stream alone",
            (reply, c) -> met(
                    Json.parseOrMissing(reply.exchange().body()).get("jsonrpc").isMissing(),
                    "the answer in the body of the POST")),

    // -- authorization
    UNIDENTIFIED("a refusal as unidentified", (reply, c) -> met(reply.status() == 401, reply)),
    UNIDENTIFIED_OR_BAD(
            "a refusal as unidentified or as malformed",
            (reply, c) -> met(reply.status() == 401 || reply.status() == 400, reply)),
    UNIDENTIFIED_OR_405(
            "a refusal as unidentified or method not allowed",
            (reply, c) -> met(reply.status() == 401 || reply.status() == 405, reply)),
    CHALLENGE(
            "a challenge that names a scheme",
            (reply, c) -> met(reply.exchange().header("WWW-Authenticate").isPresent(), "no WWW-Authenticate header")),
    USABLE_CHALLENGE(
            "a challenge that clients can read",
            (reply, c) -> Header.all(reply.exchange().headers(), "WWW-Authenticate").stream()
                    .filter(challenge -> !Challenge.isWellFormed(challenge))
                    .findFirst()
                    .map(challenge -> "WWW-Authenticate: "
                            + (challenge.length() > 200 ? challenge.substring(0, 200) : challenge))),
    NO_RESULT("nothing of the protocol", (reply, c) -> met(!reply.isResult(), reply)),
    NOT_UNIDENTIFIED(
            "no demand for credentials", (reply, c) -> met(reply.status() != 401 && reply.status() != 403, reply)),

    NO_TOKEN("no token of its own", TokenRules::goesNoFurther),
    UNGUESSABLE_HANDLES("handles that cannot be guessed", (reply, c) -> Handles.unguessable(c)),
    NOTHING_OF_ANOTHER("nothing of another", (reply, c) -> Handles.kept(reply)),

    // -- permissions
    FORBIDDEN_SCOPE("a refusal for want of permission", (reply, c) -> {
        requireDemand(reply, c);
        return met(reply.status() == 403, reply);
    }),
    STEP_UP("a challenge that names the missing permission", (reply, c) -> {
        requireDemand(reply, c);
        return SignInRules.stepUp(reply, c);
    }),

    NO_FURTHER_DEMAND("no further demand for permission", (reply, c) -> StepUp.isEnough(reply)),

    // -- signing in
    POINTER("a challenge that points to the sign-in metadata", (reply, c) -> SignInRules.pointsToMetadata(reply)),
    SCOPE("a challenge that names the scopes", (reply, c) -> SignInRules.namesScopes(reply)),
    SAME_SCOPES("the scopes of the first challenge", SignInRules::sameScopes),
    ONE_CHALLENGE("one challenge to present a token", (reply, c) -> SignInRules.oneBearer(reply)),
    INVALID_TOKEN("a challenge that calls the token invalid", (reply, c) -> SignInRules.invalidToken(reply)),
    PLAIN_BEARER("a challenge that any token can answer", (reply, c) -> SignInRules.plainBearer(reply)),
    METADATA(
            "sign-in metadata",
            (reply, c) -> met(reply.status() == 200 && reply.message().isObject(), reply)),
    PUBLIC_METADATA("a document in JSON, without a token", (reply, c) -> SignInRules.thereWithoutToken(reply)),
    AGREEMENT("the same in all places", (reply, c) -> SignInRules.agreesEverywhere(c)),
    SERVERS("the authorization servers as a list", (reply, c) -> SignInRules.namesServers(reply)),
    OWN_ADDRESS("its own address as the resource", SignInRules::namesTheAddress),
    NO_FINAL_SLASH("a resource without a slash at the end", SignInRules::withoutFinalSlash),
    FEW_SCOPES("scopes for a basic use alone", SignInRules::fewScopes),
    NO_OFFLINE_ACCESS("no demand for offline access", SignInRules::noOfflineAccess),
    HEADER_TOKENS("tokens in the header", (reply, c) -> SignInRules.tokensInHeader(reply)),
    SECURE_ADDRESSES("addresses that may carry secrets", (reply, c) -> SignInRules.secureAddresses(reply)),
    OWN_ISSUER("the issuer that was asked for", SignInRules::ownIssuer),
    S256("proof keys with S256", (reply, c) -> SignInRules.s256(reply)),
    REGISTRATION(
            "a registration endpoint",
            (reply, c) ->
                    met(reply.message().get("registration_endpoint").isString(), "registration_endpoint is missing")),
    CLIENT_DOCUMENTS(
            "leave for client documents",
            (reply, c) -> met(
                    reply.message().get("client_id_metadata_document_supported").isTrue(),
                    "client_id_metadata_document_supported is "
                            + reply.message()
                                    .get("client_id_metadata_document_supported")
                                    .type())),
    WAY_TO_REGISTER("a way for clients to register", SignInRules::canRegister),
    CODE_GRANT("a sign-in for people", (reply, c) -> SignInRules.codeGrant(reply)),
    PUBLIC_CLIENTS(
            "leave for clients without a secret, where it takes documents",
            (reply, c) -> SignInRules.publicClients(reply)),
    UNBOUND_TOKENS("tokens that are bound to no key", (reply, c) -> SignInRules.unboundTokens(reply)),
    ANY_SERVER_METADATA("metadata of the authorization server", SignInRules::anyServerMetadata),
    AT_ORIGIN("metadata at the root of the origin", (reply, c) -> SignInRules.atOrigin(c)),
    DEFAULT_ENDPOINT("an endpoint where clients expect it", SignInRules::defaultEndpoint),
    OAUTH_ERROR("an error of OAuth in JSON", (reply, c) -> SignInRules.oauthError(reply)),
    GRANT_ERROR("an error after which clients sign in anew", (reply, c) -> SignInRules.grantError(reply)),
    ACCESS_TOKEN("an access token", (reply, c) -> TokenRules.signedIn(c)),
    REGISTERED("a registered client", (reply, c) -> TokenRules.registered(reply)),
    ALLOWED_REDIRECT("leave to return there", (reply, c) -> TokenRules.mayReturn(reply)),
    NO_LIMIT("no limit on registrations", (reply, c) -> met(reply.status() != 429 && reply.status() != 403, reply)),
    NO_WAY_ELSEWHERE("no way to the other redirect", TokenRules::staysHere),
    NO_WRONG_WAY("no way to a wrong redirect", TokenRules::returnsSafely),
    NO_PAGE("a refusal of the page", TokenRules::refusesPage),
    NO_VISIT("a refusal of the page, without a visit there", TokenRules::staysAway),
    QUESTION("a question to the user", TokenRules::asksTheUser),
    QUESTION_FOR_EACH("a question for each client", (reply, c) -> ProxyRules.asksForEach(c)),
    SAFE_COOKIES("a memory that nobody else can use or forge", (reply, c) -> ProxyRules.safeCookies(c)),
    GUARDED_STATE("a state that leads back once", (reply, c) -> ProxyRules.guardsState(c)),
    NAMED_HOST("the host that the browser returns to", TokenRules::namesHost),
    NO_FRAME("a page that no other page can hold", (reply, c) -> TokenRules.unframed(reply)),
    NO_OBJECTION_TO_SCOPES("no objection to the scopes", (reply, c) -> TokenRules.objects(reply, "invalid_scope")),
    NO_OBJECTION_TO_RESOURCE("no objection to the resource", TokenRules::takesResource),
    DESCRIBED("a client that its document describes", TokenRules::describes),
    KEPT_ISSUER("the issuer, where that is promised", TokenRules::keepsIssuer),
    SHORT_LIFE("a token for hours, not for days", (reply, c) -> TokenRules.shortLived(c)),
    ROTATION("another refresh token", (reply, c) -> TokenRules.rotates(c)),
    ROTATION_IF_ANY("another refresh token, where it has any", (reply, c) -> TokenRules.rotatesIfAny(c)),
    REFRESHABLE("a refresh token", (reply, c) -> TokenRules.refreshable(c)),
    OWN_AUDIENCE("a token for the resource that was asked for", (reply, c) -> TokenRules.ownAudience(c)),
    NO_METADATA("no sign-in metadata", SignInRules::noMetadata),
    NO_SIGN_IN("no demand to sign in", (reply, c) -> SignInRules.noDemand(reply)),
    USER_EMAIL("a way to learn the e-mail", (reply, c) -> SignInRules.userInfo(reply)),

    // -- handshake
    HANDSHAKE("protocol version, capabilities and server information", (reply, c) -> {
        Json result = reply.result();
        if (!reply.isResult()) {
            return Optional.of(reply.observed());
        }
        if (!result.get("protocolVersion").isString()) {
            return Optional.of(
                    "protocolVersion is " + result.get("protocolVersion").type());
        }
        if (!result.get("capabilities").isObject()) {
            return Optional.of("capabilities is " + result.get("capabilities").type());
        }
        for (String name : result.get("capabilities").names()) {
            Json capability = result.get("capabilities").get(name);
            if (!capability.isObject()) {
                return Optional.of("capabilities." + name + " is " + capability.type());
            }
        }
        Json info = result.get("serverInfo");
        return met(
                info.get("name").isString() && info.get("version").isString(),
                "serverInfo is " + (info.isMissing() ? "missing" : info));
    }),
    PUBLISHED_REVISION(
            "a published revision",
            (reply, c) -> met(
                    Revision.isPublished(reply.result().get("protocolVersion").text()), reply)),
    OFFERED_REVISION(
            "the revision that was offered",
            (reply, c) -> met(
                    reply.result()
                            .get("protocolVersion")
                            .text()
                            .equals(c.contact().revision()),
                    reply)),
    INSTRUCTIONS(
            "instructions that are a text, if any",
            (reply, c) -> met(
                    reply.result().get("instructions").isMissing()
                            || reply.result().get("instructions").isString(),
                    "instructions is " + reply.result().get("instructions").type())),
    CLEAR_HANDSHAKE(
            "an answer or a clear refusal",
            (reply, c) -> met((reply.message().isPresent() || reply.isHttpRefusal()) && reply.status() < 500, reply)),
    DISCOVER_ANSWER("what lets ChatGPT go on", (reply, c) -> {
        // Over stdio there is no status.
        boolean result = (reply.status() == 200 || reply.status() == 0)
                && !reply.exchange().isStream()
                && reply.result().get("supportedVersions").isArray();
        boolean refusal =
                reply.isHttpRefusal() || (reply.isError() && !reply.exchange().isStream());
        return met(result || refusal, reply);
    }),
    RESEARCH_RESULTS("results with id, title and address", (reply, c) -> DeepResearch.results(reply)),
    RESEARCH_DOCUMENT("a document with id, title, text and address", (reply, c) -> DeepResearch.document(reply)),
    RESEARCH_TWICE("the same in structured content and in one text", (reply, c) -> DeepResearch.both(reply)),
    ICONS(
            "icons that clients can show, if any",
            (reply, c) -> reply.result().get("serverInfo").get("icons").items().stream()
                    .map(icon -> icon.get("src").text())
                    .filter(source -> !source.startsWith("https://")
                            && !source.startsWith("http://")
                            && !source.startsWith("data:"))
                    .findFirst()
                    .map(source -> "an icon at '" + source + "'")),

    // -- the revision without a handshake
    DISCOVERY("its revisions and what it can do", (reply, c) -> ModernRules.discovery(reply)),
    SERVER_INFO("its name and version in each result", (reply, c) -> ModernRules.serverInfo(reply)),
    EXTENSIONS("extensions whose names have a prefix, if any", (reply, c) -> ModernRules.extensions(reply)),
    DECLARED_LISTS("lists of all that it declares", (reply, c) -> ModernRules.declaredLists(c)),
    RESULT_TYPE("the type of each result", (reply, c) -> ModernRules.resultType(reply)),
    ANNOUNCED_TYPES("types of results that are known or announced", ModernRules::announcedType),
    NOTHING_ASKED("no questions where none may be asked", (reply, c) -> ModernRules.nothingAsked(reply)),
    COMPLETE("a complete result", (reply, c) -> ModernRules.complete(reply)),
    KEEPING("a time and a scope to keep it", (reply, c) -> ModernRules.keeping(reply)),
    NOT_NEGATIVE("times to keep that are not negative", (reply, c) -> ModernRules.notNegative(reply)),
    KNOWN_SCOPE("scopes that are public or private", (reply, c) -> ModernRules.scope(reply)),
    ONE_SCOPE("the same scope on every page of a list", (reply, c) -> ModernRules.oneScope(reply, c.replies())),
    TRACES("trace contexts as W3C writes them, if any", (reply, c) -> ModernRules.traces(reply)),
    NO_REQUESTS(
            "no request of the server",
            (reply, c) -> ModernRules.none(
                    reply,
                    c,
                    message -> message.get("method").isPresent()
                            && message.get("id").isPresent())),
    NO_LOG(
            "no log message that was not asked for",
            (reply, c) -> ModernRules.none(
                    reply, c, message -> message.get("method").text().equals("notifications/message"))),
    NO_CANCELLATION(
            "no cancellation by the server",
            (reply, c) -> ModernRules.none(
                    reply, c, message -> message.get("method").text().equals("notifications/cancelled"))),
    UNSUPPORTED_VERSION("the error unsupported version", (reply, c) -> code(reply, ModernRules.UNSUPPORTED_VERSION)),
    NAMES_REVISIONS("an error that names its revisions", (reply, c) -> ModernRules.namesRevisions(reply)),
    SAYS_REVISIONS("an error in which its revision stands", (reply, c) -> ModernRules.saysRevisions(reply)),
    SAME_REVISIONS("the same revisions as in its discovery", ModernRules::sameRevisions),
    HEADER_MISMATCH("the error header mismatch", (reply, c) -> ModernRules.headerMismatch(reply)),
    UNKNOWN_METHOD("the error method not found and its status", (reply, c) -> ModernRules.unknownMethod(reply)),
    METHOD_NOT_ALLOWED("the status method not allowed", (reply, c) -> met(reply.status() == 405, reply)),
    NO_SESSION(
            "a result without a session id",
            (reply, c) -> met(
                    reply.isResult()
                            && reply.exchange().header(HttpHeaders.SESSION).isEmpty(),
                    reply.isResult() ? "a session id" : reply.observed())),
    NO_UNDEFINED_CODE(
            "no error code that the specification keeps to itself",
            (reply, c) -> ModernRules.noCode(reply, ModernRules::isReservedAndUndefined)),
    NO_MISPLACED_CODE(
            "error codes of headers and revisions only where these are wrong",
            (reply, c) -> ModernRules.noCode(
                    reply, code -> code == ModernRules.HEADER_MISMATCH || code == ModernRules.UNSUPPORTED_VERSION)),
    NO_RETIRED_CODE("no retired error code", (reply, c) -> ModernRules.noCode(reply, ModernRules::isRetired)),
    NO_LEGACY_CODE(
            "no error code of the legacy range", (reply, c) -> ModernRules.noCode(reply, ModernRules::isOfLegacyRange)),
    NO_OWN_CODE(
            "no error code of its own in the reserved range",
            (reply, c) -> ModernRules.noCode(reply, ModernRules::isOwnInReservedRange)),
    SAME_TOOLS("the same tools as any other", ModernRules::sameTools),
    SAME_ITEMS("the same items again", ModernRules::sameItems),
    NO_EMPTY_CONTENTS(
            "no empty contents",
            (reply, c) ->
                    met(!reply.isResult() || reply.result().get("contents").size() > 0, reply)),
    ACKNOWLEDGED("an acknowledgement before all else", ModernRules::acknowledged),
    TAGGED("the id of the subscription in it", ModernRules::tagged),
    SUBSET("no more than was asked for", ModernRules::subset),
    HELD_OPEN("an event stream that stays open", ModernRules::heldOpen),
    UNBUFFERED("a stream that no proxy holds back", ModernRules::unbuffered),

    // -- calls
    CONTENT("content of known types", (reply, c) -> content(reply)),
    STRUCTURED_OBJECT(
            "structured content that is an object, if any",
            (reply, c) -> met(
                    reply.result().get("structuredContent").isMissing()
                            || reply.result().get("structuredContent").isObject(),
                    "structuredContent is "
                            + reply.result().get("structuredContent").type())),
    STRUCTURED_TEXT("its structured content as text too", (reply, c) -> {
        Json structured = reply.result().get("structuredContent");
        return met(
                structured.isMissing()
                        || reply.result().get("content").items().stream()
                                .map(item ->
                                        Json.parseOrMissing(item.get("text").text()))
                                .anyMatch(structured::equals),
                "no text item holds the same JSON");
    }),
    AS_ANNOUNCED("structured content as its output schema says", (reply, c) -> SchemaRules.conforms(reply, c)),
    ANNOTATED("content annotations that are well formed, if any", (reply, c) -> ContentRules.annotations(reply)),
    NO_PROGRESS(
            "no progress that was not asked for",
            (reply, c) -> met(
                    reply.exchange().stream().events().stream()
                            .noneMatch(event ->
                                    event.message().get("method").text().equals("notifications/progress")),
                    "notifications/progress without a token")),
    CONTENTS("contents with URI and text or blob", (reply, c) -> ContentRules.contents(reply)),
    BASE64("binary contents in base64", (reply, c) -> ContentRules.blobs(reply)),
    PROMPT_MESSAGES("messages with role and content", (reply, c) -> ContentRules.promptMessages(reply)),
    COMPLETION_VALUES("completion values that are texts", (reply, c) -> {
        Json values = reply.result().get("completion").get("values");
        return met(values.isArray() && values.items().stream().allMatch(Json::isString), reply);
    }),
    AT_MOST_100(
            "at most 100 completion values",
            (reply, c) -> met(
                    reply.result().get("completion").get("values").size() <= 100,
                    reply.result().get("completion").get("values").size() + " values")),

    // -- lists
    SAME_LIST("the same list again", (reply, c) -> {
        Json before = c.listing().pages().get(0).result().get(c.listing().kind().member());
        Json after = reply.result().get(c.listing().kind().member());
        return met(before.equals(after), "another list, or another order");
    }),

    // -- browsers
    CORS_ALLOWED("leave for web pages to send their headers", (reply, c) -> {
        c.requireOpenToPages();
        if (reply.status() / 100 != 2) {
            return Optional.of("HTTP " + reply.status());
        }
        String origin = reply.exchange().header("Access-Control-Allow-Origin").orElse("");
        String allowed = reply.exchange()
                .header("Access-Control-Allow-Headers")
                .orElse("")
                .toLowerCase(Locale.ROOT);
        // The asterisk does not cover Authorization, which only a caller with a credential sends.
        boolean credentials = c.contact().anonymously().status() == 401;
        boolean all = allowed.equals("*") && !credentials;
        List<String> needed = new ArrayList<>(List.of("content-type", "mcp-session-id", "mcp-protocol-version"));
        if (credentials) {
            needed.add("authorization");
        }
        return met(
                !origin.isEmpty() && (all || needed.stream().allMatch(allowed::contains)),
                origin.isEmpty() ? "no Access-Control-Allow-Origin" : "Access-Control-Allow-Headers: " + allowed);
    }),
    CORS_EXPOSED("its session id in sight of web pages", (reply, c) -> {
        c.requireOpenToPages();
        boolean hasId = reply.exchange().header(HttpHeaders.SESSION).isPresent();
        String exposed = reply.exchange()
                .header("Access-Control-Expose-Headers")
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return met(
                !hasId || exposed.contains("mcp-session-id") || exposed.equals("*"),
                "Access-Control-Expose-Headers: " + exposed);
    }),

    // -- a crowd
    BESIDE_STREAMS(
            "an answer beside streams that all stay open",
            (reply, c) -> reply.message().isMissing() || c.lostStreams().isEmpty()
                    ? met(reply.message().isPresent(), reply)
                    : Optional.of(c.lostStreams().get(0))),
    PLACE_OR_REFUSAL(
            "a session, or a refusal for want of room",
            (reply, c) -> met(reply.isResult() || List.of(429, 503).contains(reply.status()), reply)),

    // -- the real client
    REAL_CLIENT(
            "a real client connected",
            (reply, c) -> met(
                    c.realVisit().succeeded(),
                    "the Java SDK's client says: " + c.realVisit().problem())),
    REAL_TOOLS("the same tools for the real client", (reply, c) -> {
        List<String> ours =
                c.contact().listing(Listing.Kind.TOOLS).pages().get(0).result().get("tools").items().stream()
                        .map(Listing::nameOf)
                        .toList();
        return met(
                ours.equals(c.realVisit().tools()), "the tools " + c.realVisit().tools());
    }),

    // -- standard streams
    CLEAN_OUTPUT("messages alone on standard output", (reply, c) -> {
        return c.contact().process().lines().stream()
                .filter(line -> !StdioSession.isMessage(Json.parseOrMissing(line))
                        && !Json.parseOrMissing(line).isArray())
                .findFirst()
                .map(line -> "the line '" + (line.length() > 120 ? line.substring(0, 120) : line) + "'");
    }),
    OBJECT_LINES("one message a line", (reply, c) -> {
        return c.contact().process().lines().stream()
                .filter(line -> Json.parseOrMissing(line).isArray())
                .findFirst()
                .map(line -> "an array of messages");
    }),
    UTF_8_OUTPUT("standard output in UTF-8", (reply, c) -> {
        StdioProcess process = c.contact().process();
        boolean mark = process.lines().stream().anyMatch(line -> line.startsWith("\uFEFF"));
        return met(!mark && !process.sentInvalidUtf8(), mark ? "a byte order mark" : "octets that are not UTF-8");
    }),
    EXIT("the end of the process", (reply, c) -> {
        StdioSession session = (StdioSession) c.sessions().used().carrier();
        // As long as the SDKs for TypeScript and Python wait before they end it by force.
        return met(session.process().exitsWithin(java.time.Duration.ofSeconds(2)), "it still runs after 2 s");
    });

    private final String phrase;
    private final Judge judge;

    /** Says what was observed in place of the expectation; nothing when it is met. */
    private interface Judge {
        Optional<String> judge(Reply reply, Conversation conversation);
    }

    Answer(String phrase, Judge judge) {
        this.phrase = phrase;
        this.judge = judge;
    }

    /** The expectation that scenarios call so. */
    public static Answer of(String phrase) {
        return Phrases.find(values(), phrase, "answer");
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return Arrays.stream(values()).map(Answer::phrase).toList();
    }

    @Override
    public String phrase() {
        return phrase;
    }

    void judge(Reply reply, Conversation conversation) {
        judge.judge(reply, conversation).ifPresent(observed -> {
            conversation.requireWelcome(reply);
            throw new Mismatch(phrase, observed.isEmpty() ? "something else" : observed);
        });
    }

    private static Optional<String> met(boolean met, Reply reply) {
        return met ? Optional.empty() : Optional.of(reply.observed());
    }

    private static Optional<String> met(boolean met, String observed) {
        return met ? Optional.empty() : Optional.of(observed);
    }

    /** Whether HTTP refused it before the message was looked at: the error names another request, or none. */
    private static boolean isRefusedUnread(Reply reply) {
        return reply.isHttpRefusal() && !reply.message().get("id").equals(reply.id());
    }

    private static Optional<String> code(Reply reply, long code) {
        return met(reply.code() == code, reply);
    }

    /** A call that needs no more than a low permission says nothing, unless the operator named it as one that does. */
    private static void requireDemand(Reply reply, Conversation conversation) {
        boolean served = reply.isResult() && !reply.isHttpRefusal();
        if (served && !conversation.hasNamedCall()) {
            throw new NotTested("the token was good enough for the tool; one that needs more: --call TOOL=JSON");
        }
    }

    private static Optional<SseEvent> endpoint(Reply reply) {
        return reply.exchange().stream().events().stream()
                .filter(event -> event.name().equals("endpoint"))
                .findFirst();
    }

    private static String seenEvents(Reply reply) {
        Exchange exchange = reply.exchange();
        List<String> names =
                exchange.stream().events().stream().map(SseEvent::name).limit(3).toList();
        if (exchange.stream().pending().length() > 0 && names.isEmpty()) {
            return "text that no blank line ends";
        }
        return names.isEmpty() ? reply.observed() : "the events " + String.join(", ", names);
    }

    private static List<String> sessionIds(Conversation conversation) {
        List<String> ids = conversation.replies().stream()
                .flatMap(reply -> reply.exchange().header(HttpHeaders.SESSION).stream())
                .toList();
        if (ids.isEmpty()) {
            throw new NotApplicable("the server issued no session id");
        }
        return ids;
    }

    /** How much at the beginning is the same in all. */
    static int commonPrefix(List<String> ids) {
        int length = 0;
        while (true) {
            int at = length;
            if (ids.stream()
                    .anyMatch(id ->
                            id.length() <= at || id.charAt(at) != ids.get(0).charAt(at))) {
                return length;
            }
            length++;
        }
    }

    private static Optional<String> content(Reply reply) {
        if (!reply.isResult()) {
            return Optional.of(reply.observed());
        }
        Json content = reply.result().get("content");
        return content.isArray() ? ContentRules.items(content) : Optional.of("content is " + content.type());
    }

    /** Constants of their own class, because those of the enum do not exist yet when its values are made. */
    private static final class Syntax {
        static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+");
    }
}
