package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.data.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the revision without a handshake (2026-07-28) asks of answers; each rule answers what was observed in its place. */
final class ModernRules {

    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;
    private static final Pattern LIMIT = Pattern.compile("(?i)\\blimit|too many");
    private static final int METHOD_NOT_FOUND = -32601;

    /** The requests that may be answered by a question to the user (basic/patterns/mrtr). */
    private static final Set<String> MAY_ASK = Set.of("tools/call", "prompts/get", "resources/read");

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");

    /** A prefix of labels, a slash, and a name (basic#meta). */
    private static final Pattern PREFIXED = Pattern.compile("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?"
            + "(\\.[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?)*/([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?");

    private ModernRules() {}

    private static Optional<String> met(boolean met, String observed) {
        return met ? Optional.empty() : Optional.of(observed);
    }

    private static String methodOf(Reply reply) {
        return Json.parseOrMissing(reply.exchange().requestBody()).get("method").text();
    }

    // ---- discovery

    static Optional<String> discovery(Reply reply) {
        Json result = reply.result();
        if (!reply.isResult()) {
            return Optional.of(reply.observed());
        }
        Json versions = result.get("supportedVersions");
        if (!versions.isArray() || !versions.items().stream().allMatch(Json::isString)) {
            return Optional.of("supportedVersions is " + (versions.isArray() ? versions : versions.type()));
        }
        if (!versions.items().contains(Json.of(Revision.MODERN))) {
            return Optional.of("supportedVersions is " + versions + ", without the revision in which was asked");
        }
        Json capabilities = result.get("capabilities");
        return met(capabilities.isObject(), "capabilities is " + capabilities.type());
    }

    static Optional<String> serverInfo(Reply reply) {
        if (!reply.isResult()) {
            return Optional.empty();
        }
        Json info = reply.result().get("_meta").get(ModernSession.SERVER_INFO);
        return met(
                info.get("name").isString() && info.get("version").isString(),
                methodOf(reply) + ": serverInfo in _meta is " + (info.isMissing() ? "missing" : info));
    }

    static Optional<String> extensions(Reply reply) {
        return reply.result().get("capabilities").get("extensions").names().stream()
                .filter(name -> !PREFIXED.matcher(name).matches())
                .findFirst()
                .map(name -> "the extension '" + name + "'");
    }

    static Optional<String> declaredLists(Conversation conversation) {
        return Stream.of(Listing.Kind.TOOLS, Listing.Kind.RESOURCES, Listing.Kind.PROMPTS)
                .filter(kind -> conversation
                        .contact()
                        .capabilities()
                        .get(kind.capability())
                        .isObject())
                .filter(kind -> conversation
                        .contact()
                        .listing(kind)
                        .pages()
                        .stream() // Whoever asks for a credential has the list; it is somebody else's.
                        .noneMatch(page -> page.isResult() || page.status() == 401 || page.status() == 403))
                .findFirst()
                .map(kind -> "it declares " + kind.capability() + ", and " + kind.method() + " was answered by "
                        + conversation.contact().listing(kind).pages().get(0).observed());
    }

    static Optional<String> sameRevisions(Reply reply, Conversation conversation) {
        Set<String> offered = texts(conversation.contact().initialize().result().get("supportedVersions"));
        Set<String> supported = texts(reply.message().get("error").get("data").get("supported"));
        return met(offered.equals(supported), "the discovery names " + offered + ", the error " + supported);
    }

    private static Set<String> texts(Json list) {
        return list.items().stream().map(Json::text).collect(Collectors.toCollection(TreeSet::new));
    }

    // ---- results

    static Optional<String> resultType(Reply reply) {
        return met(
                !reply.isResult() || reply.result().get("resultType").isString(),
                methodOf(reply) + ": resultType is "
                        + reply.result().get("resultType").type());
    }

    static Optional<String> announcedType(Reply reply, Conversation conversation) {
        String type = reply.result().get("resultType").text();
        boolean extended =
                conversation.contact().capabilities().get("extensions").size() > 0;
        return met(
                type.isEmpty() || Set.of("complete", "input_required").contains(type) || extended,
                methodOf(reply) + ": resultType is '" + type + "'");
    }

    static Optional<String> nothingAsked(Reply reply) {
        boolean asks = reply.result().get("resultType").text().equals("input_required");
        return met(!asks || MAY_ASK.contains(methodOf(reply)), methodOf(reply) + " was answered by a question");
    }

    static Optional<String> complete(Reply reply) {
        Json type = reply.result().get("resultType");
        return met(
                !reply.isResult() || type.text().equals("complete"),
                methodOf(reply) + ": resultType is " + (type.isMissing() ? "missing" : type));
    }

    /** How long a result may be kept, and by whom; what is not finished is not kept. */
    static Optional<String> keeping(Reply reply) {
        Json result = reply.result();
        boolean finished = reply.isResult() && !result.get("resultType").text().equals("input_required");
        return met(
                !finished
                        || result.get("ttlMs").isInteger()
                                && result.get("cacheScope").isString(),
                methodOf(reply) + ": ttlMs is " + seen(result.get("ttlMs")) + ", cacheScope is "
                        + seen(result.get("cacheScope")));
    }

    private static String seen(Json value) {
        return value.isMissing() ? "missing" : value.toString();
    }

    static Optional<String> notNegative(Reply reply) {
        Json time = reply.result().get("ttlMs");
        return met(!time.isNumber() || !time.toString().startsWith("-"), methodOf(reply) + ": ttlMs is " + time);
    }

    static Optional<String> scope(Reply reply) {
        Json scope = reply.result().get("cacheScope");
        return met(
                scope.isMissing() || Set.of("public", "private").contains(scope.text()),
                methodOf(reply) + ": cacheScope is " + scope);
    }

    /** Compares a page with the others of its list. */
    static Optional<String> oneScope(Reply reply, List<Reply> all) {
        String method = methodOf(reply);
        Set<String> scopes = all.stream()
                .filter(other -> method.endsWith("/list") && methodOf(other).equals(method) && other.isResult())
                .map(other -> other.result().get("cacheScope").text())
                .collect(Collectors.toCollection(TreeSet::new));
        return met(scopes.size() <= 1, method + ": the scopes " + scopes);
    }

    static Optional<String> traces(Reply reply) {
        Json parent = reply.result().get("_meta").get("traceparent");
        return met(
                parent.isMissing() || TRACE_PARENT.matcher(parent.text()).matches(),
                methodOf(reply) + ": traceparent is " + parent);
    }

    // ---- errors

    /** A code that an error must not have; nothing for what is no error. */
    static Optional<String> noCode(Reply reply, Predicate<Long> forbidden) {
        return met(
                !reply.isError() || !forbidden.test(reply.code()),
                methodOf(reply) + " was answered by the error " + reply.code());
    }

    static boolean isReservedAndUndefined(long code) {
        return code <= -32_020 && code >= -32_099 && code < UNSUPPORTED_VERSION;
    }

    static boolean isRetired(long code) {
        return code == -32_002 || code == -32_042;
    }

    static boolean isOfLegacyRange(long code) {
        return code <= -32_000 && code >= -32_019 && !isRetired(code);
    }

    /** Neither one of JSON-RPC nor of those that other rules are about. */
    static boolean isOwnInReservedRange(long code) {
        boolean known = code == -32_700 || code <= -32_600 && code >= -32_603;
        return code <= -32_100 && code >= -32_768 && !known;
    }

    static Optional<String> namesRevisions(Reply reply) {
        Json data = reply.message().get("error").get("data");
        Json supported = data.get("supported");
        boolean list = supported.size() > 0 && supported.items().stream().allMatch(Json::isString);
        return met(
                list && data.get("requested").isString(),
                data.isMissing() ? "an error without data" : "the data " + data);
    }

    static Optional<String> saysRevisions(Reply reply) {
        Json error = reply.message().get("error");
        return met(error.toString().contains(Revision.MODERN), reply.observed());
    }

    static Optional<String> headerMismatch(Reply reply) {
        return met(reply.status() == 400 && reply.code() == HEADER_MISMATCH, reply.observed());
    }

    static Optional<String> unknownMethod(Reply reply) {
        return met(reply.code() == METHOD_NOT_FOUND && (reply.isStdio() || reply.status() == 404), reply.observed());
    }

    // ---- what a server sends unasked

    /** A message of this kind among all that came: on the streams of answers, or on standard output. */
    static Optional<String> none(Reply reply, Conversation conversation, Predicate<Json> unwanted) {
        Stream<String> sent = reply.isStdio() && conversation.contact().process() != null
                ? conversation.contact().process().lines().stream()
                : reply.exchange().stream().events().stream().map(event -> event.data());
        return sent.map(Json::parseOrMissing)
                .filter(unwanted)
                .findFirst()
                .map(message -> "the message " + message.get("method").text());
    }

    // ---- lists

    static Optional<String> sameTools(Reply reply, Conversation conversation) {
        Json before = conversation
                .contact()
                .listing(Listing.Kind.TOOLS)
                .pages()
                .get(0)
                .result()
                .get("tools");
        Json after = reply.result().get("tools");
        return met(
                reply.isResult() && names(before).equals(names(after)),
                reply.isResult() ? "other tools" : reply.observed());
    }

    /** The first page once more; what changed between two requests, and not with who asks, is no matter of this. */
    static Optional<String> sameItems(Reply reply, Conversation conversation) {
        Listing listing = conversation.listing();
        String member = listing.kind().member();
        Set<String> before = names(listing.pages().get(0).result().get(member));
        Set<String> after = names(reply.result().get(member));
        return met(
                !reply.isResult() || before.equals(after),
                "other " + listing.kind().words() + " than before");
    }

    private static Set<String> names(Json items) {
        return items.items().stream().map(Listing::nameOf).collect(Collectors.toCollection(HashSet::new));
    }

    // ---- subscriptions

    /** Who offers no changes need not tell of them. */
    static void requireSubscriptions(Reply reply, Conversation conversation) {
        Json declared = conversation.contact().capabilities();
        boolean promised = declared.names().stream()
                .anyMatch(name -> declared.get(name).get("listChanged").isTrue()
                        || declared.get(name).get("subscribe").isTrue());
        if (!promised && reply.code() == METHOD_NOT_FOUND) {
            throw new NotApplicable("it announces no changes, and knows no subscriptions: " + reply.observed());
        }
    }

    static Optional<String> acknowledged(Reply reply, Conversation conversation) {
        requireSubscriptions(reply, conversation);
        if (reply.isError()
                && LIMIT.matcher(reply.message().get("error").get("message").text())
                        .find()) {
            throw new NotTested("the target limits subscriptions: " + reply.observed());
        }
        return met(isAcknowledgement(reply.message()), reply.observed());
    }

    static Optional<String> tagged(Reply reply, Conversation conversation) {
        acknowledgement(reply, conversation);
        Json tag = reply.message().get("params").get("_meta").get(ModernSession.SUBSCRIPTION);
        return met(tag.equals(reply.id()), "asked with id " + reply.id() + ", tagged with " + seen(tag));
    }

    static Optional<String> subset(Reply reply, Conversation conversation) {
        acknowledgement(reply, conversation);
        Json asked = Json.parseOrMissing(reply.exchange().requestBody())
                .get("params")
                .get("notifications");
        Json honoured = reply.message().get("params").get("notifications");
        List<String> more = honoured.names().stream()
                .filter(name -> !honoured.get(name).equals(Json.of(false)))
                .filter(name -> asked.get(name).isMissing())
                .toList();
        return met(honoured.isObject() && more.isEmpty(), "the notifications " + seen(honoured));
    }

    static Optional<String> heldOpen(Reply reply, Conversation conversation) {
        acknowledgement(reply, conversation);
        boolean ended = reply.exchange().ended() || reply.exchange().failure() != null;
        return met(reply.exchange().isStream() && !ended, ended ? "the stream ended at once" : reply.observed());
    }

    static Optional<String> unbuffered(Reply reply, Conversation conversation) {
        acknowledgement(reply, conversation);
        return met(
                reply.exchange()
                        .header("X-Accel-Buffering")
                        .filter("no"::equalsIgnoreCase)
                        .isPresent(),
                "X-Accel-Buffering: "
                        + reply.exchange().header("X-Accel-Buffering").orElse("missing"));
    }

    /** What is said of an acknowledgement supposes that there is one, which is a matter of its own. */
    private static void acknowledgement(Reply reply, Conversation conversation) {
        requireSubscriptions(reply, conversation);
        if (!isAcknowledgement(reply.message())) {
            throw new NotApplicable("there is no acknowledgement: " + reply.observed());
        }
    }

    private static boolean isAcknowledgement(Json message) {
        return message.get("method").text().equals("notifications/subscriptions/acknowledged");
    }
}
