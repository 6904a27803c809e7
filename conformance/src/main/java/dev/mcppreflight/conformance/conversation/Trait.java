package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.target.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a target must be or declare for a scenario to say anything about it. A trait that is not there makes the scenario not
 * applicable and quotes what is there in its place; a climb that broke below makes it blocked.
 */
public enum Trait implements Phrases.Phrase {
    CONNECTED("can be connected to", conversation -> {
        Reply first = conversation.contact().first();
        if (first.exchange().timings().connected() < 0) {
            throw new Blocked(Stage.REACH);
        }
    }),
    TLS("is addressed over TLS", conversation -> {
        CONNECTED.require(conversation);
        if (!"https".equalsIgnoreCase(conversation.target().url().getScheme())) {
            throw new NotApplicable(
                    "the address begins with " + conversation.target().url().getScheme() + "://");
        }
    }),
    REACHED("can be reached", conversation -> conversation.requireRung(Stage.REACH)),
    CARRIES("carries messages", conversation -> conversation.requireRung(Stage.AUTHORIZATION)),
    STREAMABLE("speaks Streamable HTTP", conversation -> transport(conversation, Transport.STREAMABLE)),
    SSE("speaks HTTP+SSE", conversation -> transport(conversation, Transport.SSE)),
    STDIO("speaks over standard streams", conversation -> transport(conversation, Transport.STDIO)),
    OPEN("opens a session", conversation -> conversation.requireRung(Stage.HANDSHAKE)),
    /** From here on it is spoken to in that revision. */
    MODERN("speaks 2026-07-28", conversation -> {
        OPEN.require(conversation);
        conversation.turnToModern();
    }),
    MODERN_ONLY("speaks 2026-07-28 alone", conversation -> {
        MODERN.require(conversation);
        if (conversation.contact().isBesideOlder()) {
            throw new NotApplicable("it speaks older revisions as well");
        }
    }),
    SESSION_IDS("issues session ids", conversation -> {
        OPEN.require(conversation);
        conversation.sessions().sharedId();
    }),
    STREAMS("answers in event streams", conversation -> {
        transport(conversation, Transport.STREAMABLE);
        if (conversation.contact().initialize() == null) {
            throw new Blocked(Stage.TRANSPORT);
        }
        if (!conversation.contact().initialize().exchange().isStream()) {
            throw new NotApplicable("initialize was answered by "
                    + conversation.contact().initialize().exchange().mediaType());
        }
    }),
    DECLARES_TOOLS("declares tools", conversation -> {
        OPEN.require(conversation);
        declared(conversation, "tools");
    }),
    TOOLS("offers tools", conversation -> {
        DECLARES_TOOLS.require(conversation);
        conversation.requireRung(Stage.DISCOVERY);
        if (conversation.contact().listing(Listing.Kind.TOOLS).items().isEmpty()) {
            throw new NotApplicable("the list of tools is empty");
        }
    }),
    MIRRORS("wants arguments in headers as well", conversation -> {
        TOOLS.require(conversation);
        boolean marked = conversation.contact().listing(Listing.Kind.TOOLS).items().stream()
                .anyMatch(tool -> !ParameterHeaders.marks(tool).isEmpty());
        if (!marked) {
            throw new NotApplicable("no tool has an argument with " + ParameterHeaders.MARK);
        }
    }),
    HANDLES("gives out handles", conversation -> {
        DECLARES_TOOLS.require(conversation);
        Handles.tools(conversation);
    }),
    SEARCH_AND_FETCH("offers search and fetch", conversation -> {
        TOOLS.require(conversation);
        if (!DeepResearch.isOffered(
                conversation.contact().listing(Listing.Kind.TOOLS).items())) {
            throw new NotApplicable("it has no tools search and fetch, which deep research alone needs");
        }
    }),
    RESOURCES("offers resources", conversation -> {
        OPEN.require(conversation);
        declared(conversation, "resources");
    }),
    SUBSCRIPTIONS("offers subscriptions", conversation -> {
        RESOURCES.require(conversation);
        if (!conversation
                .contact()
                .capabilities()
                .get("resources")
                .get("subscribe")
                .isTrue()) {
            throw new NotApplicable("it declares resources: "
                    + conversation.contact().capabilities().get("resources"));
        }
    }),
    PROMPTS("offers prompts", conversation -> {
        OPEN.require(conversation);
        declared(conversation, "prompts");
    }),
    COMPLETIONS("offers completions", conversation -> {
        OPEN.require(conversation);
        declared(conversation, "completions");
    }),
    LOGGING("offers logging", conversation -> {
        OPEN.require(conversation);
        declared(conversation, "logging");
    }),
    NO_TOOLS("declares no tools", conversation -> undeclared(conversation, "tools")),
    NO_RESOURCES("declares no resources", conversation -> undeclared(conversation, "resources")),
    NO_PROMPTS("declares no prompts", conversation -> undeclared(conversation, "prompts")),
    NO_COMPLETIONS("declares no completions", conversation -> undeclared(conversation, "completions")),
    NO_LOGGING("declares no logging", conversation -> undeclared(conversation, "logging")),
    PROTECTED("asks for credentials", conversation -> {
        conversation.requireReached();
        if (conversation.contact().transport() == Transport.STDIO) {
            throw new NotApplicable("standard streams know no credentials");
        }
        int status = conversation.contact().anonymously().status();
        if (status != 401 && status != 403) {
            throw new NotApplicable("a caller without credentials was answered by HTTP " + status);
        }
    }),
    LETS_IN("lets the given credentials in", conversation -> {
        PROTECTED.require(conversation);
        OPEN.require(conversation);
    }),
    OAUTH("signs its callers in by OAuth", conversation -> {
        conversation.requireReached();
        if (!conversation.contact().asksAtCalls(conversation)) {
            PROTECTED.require(conversation);
        }
        if (!conversation.contact().discovery().isOAuth()) {
            throw new NotApplicable("it asks for credentials of its own kind: no sign-in metadata, and the challenge "
                    + conversation
                            .contact()
                            .discovery()
                            .refusal()
                            .header("WWW-Authenticate")
                            .orElse("is missing"));
        }
    }),
    TOKENS("asks for tokens that are issued", conversation -> {
        PROTECTED.require(conversation);
        if (conversation.target().otherTokens().all().isEmpty()) {
            OAUTH.require(conversation);
        }
    }),
    METADATA("has sign-in metadata", conversation -> {
        OAUTH.require(conversation);
        if (conversation.contact().discovery().isOfOldRules()) {
            throw new NotApplicable("its sign-in is that of " + Contact.OLD_RULES);
        }
        if (conversation.contact().discovery().resource().isEmpty()) {
            throw new Blocked(Stage.AUTHORIZATION);
        }
    }),
    AUTHORIZATION_SERVER("has an authorization server", conversation -> {
        OAUTH.require(conversation);
        if (conversation.contact().discovery().server().isEmpty()) {
            throw new Blocked(Stage.AUTHORIZATION);
        }
    }),
    KNOWN_CLIENT("knows this client", conversation -> {
        AUTHORIZATION_SERVER.require(conversation);
        Walk walk = conversation.contact().walk();
        if (!walk.isKnown()) {
            throw new NotTested(
                    walk.problem().isEmpty()
                            ? "machines open no page: --oauth-grant code or none"
                            : "signing in got no further: " + walk.problem());
        }
    }),
    PROXY("may be tried as a proxy", conversation -> {
        KNOWN_CLIENT.require(conversation);
        if (!conversation.target().oauth().proxy()) {
            throw new NotTested("it takes leave to consent at a proxy: --oauth-proxy");
        }
    }),
    TOKEN("has issued a token", conversation -> {
        AUTHORIZATION_SERVER.require(conversation);
        Walk walk = conversation.contact().walk();
        if (walk.accessToken().isEmpty()) {
            throw new NotTested(
                    walk.problem().isEmpty()
                            ? "nobody was to sign in: --oauth-grant code"
                            : "signing in got no further: " + walk.problem());
        }
    }),
    OLD_OAUTH("signs its callers in as 2025-03-26 says", conversation -> {
        OAUTH.require(conversation);
        if (!conversation.contact().rules().equals(Contact.OLD_RULES)) {
            throw new NotApplicable(
                    "its sign-in is that of " + conversation.contact().rules());
        }
    }),
    CROWDED("may be visited by a crowd", conversation -> {
        if (conversation.target().limits().crowd() == 0) {
            throw new NotTested("it needs leave to send many clients at once: --crowd COUNT, or --soak SECONDS");
        }
    }),
    OPEN_TO_ALL("lets everybody in", conversation -> {
        OPEN.require(conversation);
        if (conversation.contact().transport() == Transport.STDIO) {
            throw new NotApplicable("standard streams know no credentials");
        }
        if (conversation.contact().isProtected()) {
            throw new NotApplicable("a caller without credentials was answered by HTTP "
                    + conversation.contact().anonymously().status());
        }
    });

    private final String phrase;
    private final Consumer<Conversation> requirement;

    Trait(String phrase, Consumer<Conversation> requirement) {
        this.phrase = phrase;
        this.requirement = requirement;
    }

    /** The trait that scenarios call so. */
    public static Trait of(String phrase) {
        return Phrases.find(values(), phrase, "trait of a target");
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return Arrays.stream(values()).map(Trait::phrase).toList();
    }

    @Override
    public String phrase() {
        return phrase;
    }

    void require(Conversation conversation) {
        requirement.accept(conversation);
    }

    private static void transport(Conversation conversation, Transport wanted) {
        conversation.requireReached();
        Transport actual = conversation.contact().transport();
        if (actual != wanted) {
            throw new NotApplicable("it speaks " + actual.word());
        }
        // Behind a closed door nothing of the transport can be seen; authorization comes after it on the ladder only
        // because its refusals are carried by it.
        if (conversation
                .contact()
                .brokenUpTo(Stage.AUTHORIZATION)
                .filter(Stage.AUTHORIZATION::equals)
                .isPresent()) {
            conversation.requireRung(Stage.AUTHORIZATION);
        }
    }

    private static void declared(Conversation conversation, String capability) {
        Json capabilities = conversation.contact().capabilities();
        if (!capabilities.get(capability).isObject()) {
            throw new NotApplicable("it declares " + capabilities.names());
        }
    }

    private static void undeclared(Conversation conversation, String capability) {
        OPEN.require(conversation);
        Json capabilities = conversation.contact().capabilities();
        if (capabilities.get(capability).isObject()) {
            throw new NotApplicable("it declares " + capabilities.names());
        }
    }
}
