package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.signin.Forgery;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Header;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Who speaks to the target: in which session, with which credential, from where. A new kind of caller is one more constant
 * here.
 */
public enum Caller implements Phrases.Phrase {
    /** Shares the session of the first contact: for messages that harm nothing. */
    CLIENT("a client"),
    /** Has a session of its own. */
    NEW_CLIENT("a new client") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().own().send(message, conversation.log());
        }
    },
    /** Has a connection and no session. */
    STRANGER("a client that has not initialized") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().uninitialized().send(message, conversation.log());
        }
    },
    /** Was answered and has not yet said so. */
    UNCONFIRMED("a client that has not confirmed its handshake") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().unconfirmed().send(message, conversation.log());
        }
    },
    // -- in the revision without a handshake: what a request says of itself
    REVISIONLESS("a client that leaves out its revision") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            conversation.requireKnownEra();
            return conversation.sessions().inShared(message.saying(meta -> meta.without(ModernSession.VERSION)));
        }
    },
    INCAPABLE("a client that leaves out its capabilities") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inShared(message.saying(meta -> meta.without(ModernSession.CAPABILITIES)));
        }
    },
    BARE("a client without metadata") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            conversation.requireKnownEra();
            return conversation.sessions().inShared(message.saying(meta -> Json.MISSING));
        }
    },
    NAMELESS("a client that does not say who it is") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inShared(message.saying(meta -> meta.without(ModernSession.CLIENT_INFO)));
        }
    },
    RENAMED("a client under another name") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            Json other = Json.object("name", "some-other-client", "version", "9.9");
            return conversation
                    .sessions()
                    .inShared(message.saying(meta -> meta.with(ModernSession.CLIENT_INFO, other)));
        }
    },
    TRACED("a client that is traced") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String trace = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";
            return conversation.sessions().inShared(message.saying(meta -> meta.with("traceparent", trace)
                    .with("baggage", "preflight=1")));
        }
    },
    LOUD("a client that wants to log from an unknown level on") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation
                    .sessions()
                    .inShared(message.saying(meta -> meta.with("io.modelcontextprotocol/logLevel", "loud")));
        }
    },
    UNHEARD_OF("a client of a revision that nobody knows") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation
                    .sessions()
                    .inShared(message.saying(meta -> meta.with(ModernSession.VERSION, "1900-01-01")));
        }
    },
    OLDER("a client of an older revision") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.contact().shared(conversation.log()).carrier().send(message, conversation.log());
        }
    },

    // -- by what only HTTP carries
    PATIENT("a patient client") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inSharedToTheEnd(message);
        }
    },
    SESSIONLESS("a client that leaves out its session id") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            conversation.sessions().sharedId();
            return conversation.sessions().inShared(message.with(request -> request.with(HttpHeaders.SESSION, null)));
        }
    },
    ENDED("a client whose session has ended") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inEnded(message);
        }
    },
    INVENTOR("a client with an invented session id") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inInvented(message);
        }
    },
    ANONYMOUS("a client without credentials", Caller::withoutCredentials),
    ANONYMOUS_STRANGER("an unknown client") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(Caller::withoutCredentials));
        }
    },
    WRONG("a client with a wrong token") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation
                    .sessions()
                    .inNone(message.with(bearer("Bearer preflight-wrong-token-0123456789abcdef")));
        }
    },
    EMPTY_TOKEN("a client with an empty token") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(bearer("Bearer")));
        }
    },
    OTHER_SCHEME("a client with another authentication scheme") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(bearer("Basic cHJlZmxpZ2h0OnByZWZsaWdodA==")));
        }
    },
    LOWER_CASE("a client that writes its scheme in lower case") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().bearer(), "--bearer");
            return conversation.sessions().inNone(message.with(bearer("bearer " + token)));
        }
    },
    EXPIRED("a client with an expired token") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().expired(), "--token-expired");
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    OTHER_AUDIENCE("a client with a token for another server") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().otherAudience(), "--token-other-audience");
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    NO_AUDIENCE("a client with a token for no server") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().noAudience(), "--token-no-audience");
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    OTHER_CASE("a client with a token in another case") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().otherCase(), "--token-other-case");
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    FEW_PERMISSIONS("a client with few permissions") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().lowScope(), "--token-low-scope");
            return conversation.sessions().inOneOf(token, message);
        }
    },
    BROAD_PERMISSIONS("a client with broad permissions") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().broadScope(), "--token-broad-scope");
            return conversation.sessions().inOneOf(token, message);
        }
    },
    ANOTHER_USER("another user") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().second(), "--second-bearer");
            return conversation.sessions().inOneOf(token, message);
        }
    },
    STEPPED_UP("a client that got the missing permission") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return StepUp.after(FEW_PERMISSIONS.send(conversation, message), conversation, message);
        }
    },
    SECOND_USER("another user in the same session") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().otherTokens().second(), "--second-bearer");
            conversation.sessions().requireOne();
            return conversation.sessions().inShared(message.with(bearer("Bearer " + token)));
        }
    },
    TAMPERER("a client with a changed token") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().bearer(), "--bearer");
            String changed = conversation.contact().secret(Forgery.changed(token));
            return conversation.sessions().inNone(message.with(bearer("Bearer " + changed)));
        }
    },
    FOREIGNER("a client with a token of another issuer") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = Forgery.foreign(conversation.fittingClaims().with("iss", "https://preflight.invalid"));
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    UNSIGNED("a client with an unsigned token") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = Forgery.unsigned(conversation.fittingClaims());
            return conversation.sessions().inNone(message.with(bearer("Bearer " + token)));
        }
    },
    IN_ADDRESS("a client with its token in the address") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String token = given(conversation.target().bearer(), "--bearer");
            String written = conversation.contact().secret(URLEncoder.encode(token, StandardCharsets.UTF_8));
            return conversation.sessions().inNone(message.with(request -> {
                String query = request.url().getRawQuery() == null ? "?" : "&";
                return withoutCredentials(request)
                        .withUrl(URI.create(request.url() + query + "access_token=" + written));
            }));
        }
    },
    FOREIGN_PAGE("a foreign web page") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(header("Origin", "http://evil.example")));
        }
    },
    FOREIGN_HOST("a client that names a foreign host") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            String host = conversation.target().url().getHost();
            if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]")) {
                throw new NotApplicable("the address is not of this machine: " + host);
            }
            return conversation.sessions().inNone(message.with(header("Host", "evil.example")));
        }
    },
    INSPECTOR("a web page on this machine") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(header("Origin", INSPECTOR_ORIGIN)));
        }
    },
    ODD_VERSION("a client with an unpublished version header", header(HttpHeaders.VERSION, "1999-01-01")),
    NO_VERSION("a client without a version header", header(HttpHeaders.VERSION, null)),
    EARLY_VERSION("a client with its version header from the start") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            if (conversation.contact().transport() == Transport.SSE) {
                throw new NotApplicable("HTTP+SSE knows no version header");
            }
            if (conversation.contact().isModern()) {
                throw new NotApplicable("every request carries it, as there is no handshake");
            }
            return conversation
                    .sessions()
                    .inNone(message.with(
                            header(HttpHeaders.VERSION, conversation.target().revision())));
        }
    },
    ACCEPTS_JSON("a client that accepts only JSON", header("Accept", "application/json")),
    ACCEPTS_ANYTHING("a client that accepts anything", header("Accept", "*/*")),
    ACCEPTS_REVERSED(
            "a client that lists its types in another order",
            header("Accept", "text/event-stream;q=0.9, application/json;q=0.8")),
    NAMES_CHARSET("a client that names its character set", header("Content-Type", "application/json; charset=utf-8")),
    COMPRESSES("a client that offers compression", header("Accept-Encoding", "gzip")),
    MODERN("a client of Streamable HTTP") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return new StreamableSession(
                            conversation.target(),
                            conversation.target().url(),
                            conversation.contact().probe())
                    .send(message, conversation.log());
        }
    },
    METHODLESS("a client that leaves out its method header", header(ModernSession.METHOD, null)),
    OTHER_METHOD("a client whose method header names another method", header(ModernSession.METHOD, "prompts/list")),
    OTHER_CASE_METHOD(
            "a client that writes its method in capitals",
            changed(ModernSession.METHOD, method -> method.toUpperCase(Locale.ROOT))),
    LOWER_CASE_HEADERS("a client that writes its headers in lower case", Caller::inLowerCase),
    UNNAMED("a client that leaves out its name header", header(ModernSession.NAME, null)),
    MISNAMED("a client whose name header names another", header(ModernSession.NAME, "preflight_no_such_name")),
    WRAPPING("a client that wraps its name header in base64", changed(ModernSession.NAME, ModernSession::wrapped)),
    WRAPPING_IN_CAPITALS(
            "a client that wraps its name header in another form of base64",
            changed(ModernSession.NAME, name -> ModernSession.wrapped(name).replace("base64", "BASE64"))),
    UMLAUT(
            "a client with a letter in its name header that no header can carry",
            changed(ModernSession.NAME, name -> name + "\u00fc")),
    OTHER_VERSION("a client whose version header names another revision", header(HttpHeaders.VERSION, "2025-11-25")),
    HOLDER("a client with a session id of its own", header(HttpHeaders.SESSION, "preflight-session")),
    RESUMER("a client that resumes a stream", header("Last-Event-ID", "1")),
    VENDOR("a client that calls itself ChatGPT") {
        @Override
        Reply send(Conversation conversation, Outgoing message) {
            return conversation.sessions().inNone(message.with(header("User-Agent", "openai-mcp/1.0.0")));
        }
    };

    static final String INSPECTOR_ORIGIN = "http://localhost:6274";

    private final String phrase;

    private final UnaryOperator<HttpRequest> change;

    Caller(String phrase) {
        this(phrase, request -> request);
    }

    /** Shares the session of the first contact; only what HTTP carries beside the message is another. */
    Caller(String phrase, UnaryOperator<HttpRequest> change) {
        this.phrase = phrase;
        this.change = change;
    }

    /** The caller that scenarios call so. */
    public static Caller of(String phrase) {
        return Phrases.find(values(), phrase, "caller");
    }

    @Override
    public String phrase() {
        return phrase;
    }

    /** Sends the message in this caller's way. */
    Reply send(Conversation conversation, Outgoing message) {
        return conversation.sessions().inShared(message.with(change));
    }

    /** Whether the caller is one by what only HTTP carries. */
    boolean isHttpOnly() {
        return ordinal() >= PATIENT.ordinal();
    }

    /** What the exchanges of this caller are recorded for. */
    String purpose(String message) {
        return this == CLIENT || this == NEW_CLIENT || this == PATIENT ? message : message + ", by " + phrase;
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return java.util.Arrays.stream(values()).map(Caller::phrase).toList();
    }

    private static UnaryOperator<HttpRequest> header(String name, String value) {
        return request -> request.with(name, value);
    }

    /** Another value in a header that is there. */
    private static UnaryOperator<HttpRequest> changed(String name, UnaryOperator<String> change) {
        return request -> request.with(
                name, Header.first(request.headers(), name).map(change).orElse(null));
    }

    private static HttpRequest inLowerCase(HttpRequest request) {
        HttpRequest changed = request;
        for (String name : List.of(HttpHeaders.VERSION, ModernSession.METHOD, ModernSession.NAME)) {
            String value = Header.first(request.headers(), name).orElse(null);
            changed = value == null ? changed : changed.with(name, null).with(name.toLowerCase(Locale.ROOT), value);
        }
        return changed;
    }

    private static String given(String token, String option) {
        if (token == null) {
            throw new NotTested("a token is missing: " + option + " TOKEN");
        }
        return token;
    }

    private static UnaryOperator<HttpRequest> bearer(String value) {
        return request -> withoutCredentials(request).with("Authorization", value);
    }

    /** Without everything that the operator gave: any of it may be the credential. */
    private static HttpRequest withoutCredentials(HttpRequest request) {
        HttpRequest bare = request;
        for (Header header : request.headers()) {
            if (!OURS.contains(header.name())) {
                bare = bare.with(header.name(), null);
            }
        }
        return bare;
    }

    private static final List<String> OURS = List.of(
            "User-Agent",
            "Accept",
            "Content-Type",
            HttpHeaders.SESSION,
            HttpHeaders.VERSION,
            ModernSession.METHOD,
            ModernSession.NAME,
            "Origin");

    /** The same address with an invented session in place of the real one (HTTP+SSE carries it there). */
    static URI withInventedSession(URI messages) {
        String query = messages.getRawQuery();
        String invented = query == null
                ? messages.toString().replaceAll("[^/]+$", "00000000-0000-4000-8000-000000000000")
                : messages.toString()
                        .replace(query, query.replaceAll("=[^&]*", "=00000000-0000-4000-8000-000000000000"));
        return URI.create(invented);
    }
}
