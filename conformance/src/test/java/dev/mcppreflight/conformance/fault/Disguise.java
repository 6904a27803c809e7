package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.deviation.Deviation;
import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.Framing;
import dev.mcppreflight.conformance.fault.http.Headers;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.HttpStatus;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.transport.Site;
import dev.mcppreflight.conformance.fault.transport.StreamableEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes all about a faulty server that is not its fault: where its endpoints are, what it is called and what its tools are,
 * the words of its errors, the pages of its framework, the order and case of its headers, how bodies are sent and JSON is
 * written. What is diagnosed must not depend on any of these.
 */
final class Disguise implements Deviation {

    private static final Pattern SESSION_ID = Pattern.compile("[\\w-]{24}");
    private static final Pattern OAUTH_ERROR = Pattern.compile(
            "\\{\\s*\"error\"\\s*:\\s*\"(invalid|unauthorized|unsupported|server)_\\w+\".*", Pattern.DOTALL);

    private static final List<Map<String, String>> PLACES = List.of(
            Map.of("/mcp", "/api/v2/mcp", "/sse", "/events", "/messages", "/inbox"),
            Map.of("/mcp", "/rpc", "/sse", "/v1/stream", "/messages", "/v1/post"),
            Map.of("/mcp", "/connect/tools", "/sse", "/mcp-sse", "/messages", "/mcp-message"));

    /** Where the authorization servers of others have their endpoints. */
    private static final List<Map<String, String>> SIGN_IN_PLACES = List.of(
            Map.of(
                    "/authorize", "/oauth2/v1/authorize",
                    "/token", "/oauth2/v1/token",
                    "/register", "/oauth2/v1/clients",
                    "/jwks", "/oauth2/v1/keys"),
            Map.of(
                    "/authorize", "/connect/authorize",
                    "/token", "/connect/token",
                    "/register", "/connect/register",
                    "/jwks", "/discovery/keys"),
            Map.of(
                    "/authorize", "/realms/acme/protocol/openid-connect/auth",
                    "/token", "/realms/acme/protocol/openid-connect/token",
                    "/register", "/realms/acme/clients-registrations/openid-connect",
                    "/jwks", "/realms/acme/protocol/openid-connect/certs"));

    private final boolean keepsTexts;
    private final Map<String, String> places;
    private final Pattern healthyPlaces;
    private final Framework framework;
    private final Wording wording;
    private final Restyled json;
    private final String parameter;
    private final int sessionForm;
    private final int headerCase;
    private final boolean chunked;
    private final boolean terse;
    private final long seed;
    private final Map<String, String> shown = new ConcurrentHashMap<>();
    private final Map<String, String> meant = new ConcurrentHashMap<>();

    /**
     * @param keepsPlaces whether the paths of messages are part of the fault
     * @param keepsTexts whether the words are part of the fault
     */
    Disguise(long seed, boolean keepsPlaces, boolean keepsTexts) {
        Random random = new Random(seed);
        this.seed = seed;
        this.keepsTexts = keepsTexts;
        Map<String, String> messages = PLACES.get(random.nextInt(PLACES.size()));
        this.places = new TreeMap<>(SIGN_IN_PLACES.get(random.nextInt(SIGN_IN_PLACES.size())));
        if (!keepsPlaces) {
            places.putAll(messages);
        }
        this.healthyPlaces = healthyPlaces(places.keySet());
        this.framework = Framework.values()[random.nextInt(Framework.values().length)];
        this.wording = new Wording(random.nextInt(1_000));
        this.json = new Restyled(seed, random.nextBoolean(), random.nextBoolean());
        this.parameter = List.of("session_id", "sid", "sessionId").get(random.nextInt(3));
        this.sessionForm = random.nextInt(4);
        this.headerCase = random.nextInt(3);
        this.chunked = random.nextBoolean();
        this.terse = random.nextBoolean();
    }

    @Override
    public String toString() {
        return framework + " at " + places + ", session ids of form " + sessionForm + ", header case " + headerCase
                + (chunked ? ", chunked" : "");
    }

    // ---- where things are

    @Override
    public String address(String address, int port) {
        return outward(address);
    }

    /** A text with the new places in place of the healthy ones. */
    private String outward(String text) {
        return healthyPlaces.matcher(text).replaceAll(match -> Matcher.quoteReplacement(places.get(match.group())));
    }

    private String inward(String text) {
        String found = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            found = found.replace(place.getValue(), place.getKey())
                    .replace(
                            place.getValue().replace("/", "%2F"), place.getKey().replace("/", "%2F"));
        }
        return found;
    }

    private static Pattern healthyPlaces(Set<String> known) {
        String any = "(" + String.join("|", known) + ")(?![\\w-])";
        String below = known.contains("/mcp") ? "|(?<=oauth-protected-resource)/mcp(?![\\w-])" : "";
        return Pattern.compile("(?<![\\w.-])" + any + "|(?<=\\d)" + any + below);
    }

    // ---- HTTP

    @Override
    public HttpHandler http(HttpHandler healthy, Site site) {
        return request -> {
            Response response;
            try {
                response = healthy.handle(asMeant(request));
            } catch (Mishap e) {
                if (e.kind() != Mishap.Kind.FAILURE) {
                    throw e;
                }
                response = e.response();
            }
            return asShown(request, response);
        };
    }

    private Request asMeant(Request request) {
        Headers headers = request.headers();
        String id = headers.first(StreamableEndpoint.SESSION_ID).map(meant::get).orElse(null);
        Headers known = id == null ? headers : headers.with(StreamableEndpoint.SESSION_ID, id);
        String query = inward(request.query()).replaceAll("(^|&)" + parameter + "=", "$1sessionId=");
        for (Map.Entry<String, String> entry : meant.entrySet()) {
            query = query.replace(entry.getKey(), entry.getValue());
        }
        String text = request.text();
        String found = request.rpcMethod().isEmpty() ? inward(text) : text;
        byte[] body = found.equals(text) ? request.body() : found.getBytes(StandardCharsets.UTF_8);
        return new Request(request.method(), inward(request.path()), query, known, body, request.connection());
    }

    private Response asShown(Request request, Response original) {
        Response response = original.headers().has("Content-Length") ? original : reworded(request, original);
        Headers headers = dressed(response);
        if (response.isStream()) {
            return response.stream(response.stream(), headers);
        }
        Response dressed = new Response(response.status(), headers, response.body(), null, response.afterwards());
        boolean whole = request.method().equals("HEAD") || response.status() == 204 || response.status() / 100 == 3;
        return chunked && !whole && response.body().length > 8 && !headers.has("Content-Length")
                ? inPieces(dressed)
                : dressed;
    }

    private static Response inPieces(Response response) {
        byte[] body = response.body();
        int middle = body.length / 3;
        return response.stream(
                out -> {
                    out.send(Arrays.copyOf(body, middle));
                    out.send(Arrays.copyOfRange(body, middle, body.length));
                },
                response.headers());
    }

    /** The body in another style, or that of a framework. */
    private Response reworded(Request request, Response response) {
        if (response.isStream()) {
            return response;
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (!Arrays.equals(body.getBytes(StandardCharsets.UTF_8), response.body())) {
            return response;
        }
        Json message = Json.parseOrMissing(body);
        boolean speaksJsonRpc = message.isArray() || message.get("jsonrpc").isPresent();
        if (response.status() < 400
                || speaksJsonRpc
                || keepsTexts
                || OAUTH_ERROR.matcher(body).matches()) {
            String shown = outward(body);
            String type = response.headers().first("Content-Type").orElse("");
            Json error = message.get("error");
            if (speaksJsonRpc && error.get("message").isString() && !keepsTexts) {
                shown = message.with(
                                "error",
                                error.with(
                                        "message",
                                        wording.error(error.get("message").text())))
                        .toString();
            }
            if (type.startsWith("text/event-stream")) {
                return shown.equals(body) ? response : response.body(shown.getBytes(StandardCharsets.UTF_8));
            }
            return withBody(response, json.text(shown));
        }
        return request.method().equals("OPTIONS") && body.isEmpty() ? response : page(request, response);
    }

    private static Response withBody(Response response, String body) {
        return new Response(
                response.status(),
                response.headers(),
                body.getBytes(StandardCharsets.UTF_8),
                null,
                response.afterwards());
    }

    /** What the framework says of this status in place of what the fault's author wrote. */
    private Response page(Request request, Response response) {
        String reason = HttpStatus.reason(response.status());
        Response page = withBody(response, framework.body(response.status(), reason, request.path()))
                .without("Content-Type");
        return framework.contentType().isEmpty() ? page : page.with("Content-Type", framework.contentType());
    }

    /** The same headers with those of a framework, in another order and case. */
    private Headers dressed(Response response) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Headers.Field field : response.headers().fields()) {
            String value = field.name().equalsIgnoreCase(StreamableEndpoint.SESSION_ID)
                    ? shown(field.value())
                    : outward(field.value());
            if (field.name().equalsIgnoreCase("Content-Type") && value.equals("application/json") && terse) {
                value = "application/json; charset=utf-8";
            }
            fields.add(new Headers.Field(cased(field.name()), value));
        }
        boolean signed = response.headers().has("Server") || keepsTexts;
        if (!signed) {
            framework.signature().forEach((name, value) -> {
                if (!response.headers().has(name)) {
                    fields.add(new Headers.Field(cased(name), value));
                }
            });
        }
        fields.add(new Headers.Field(cased("Date"), "Fri, 02 Jan 2026 03:04:05 GMT"));
        // Fields of the same name keep their order, which means something.
        Set<String> names = fields.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .collect(java.util.stream.Collectors.toSet());
        if (names.size() == fields.size()) {
            Collections.shuffle(fields, new Random(seed));
        }
        return new Headers(fields);
    }

    private String cased(String name) {
        return switch (headerCase) {
            case 0 -> name.toLowerCase(Locale.ROOT);
            case 1 -> name.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }

    // ---- sessions

    private String shown(String id) {
        if (!SESSION_ID.matcher(id).matches()) {
            return id;
        }
        String form = shown.computeIfAbsent(id, this::formed);
        meant.put(form, id);
        return form;
    }

    private String formed(String id) {
        StringBuilder hex = new StringBuilder();
        for (byte octet : id.getBytes(StandardCharsets.US_ASCII)) {
            hex.append(String.format("%02x", octet));
        }
        return switch (sessionForm) {
            case 0 -> hex.toString();
            case 1 ->
                hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                        + hex.substring(16, 20) + "-" + hex.substring(20);
            case 2 -> "eyJhbGciOiJIUzI1NiJ9." + id + "." + hex.substring(0, 12);
            default -> id;
        };
    }

    // ---- streams

    @Override
    public Framing framing(Framing healthy) {
        return event -> {
            byte[] usual = healthy.frame(event);
            boolean plain = Arrays.equals(usual, Framing.STANDARD.frame(event));
            return plain ? frame(event) : usual;
        };
    }

    private byte[] frame(Event event) {
        StringBuilder frame = new StringBuilder();
        String end = terse ? "\n" : "\r\n";
        if (event.comment() != null) {
            frame.append(": ping - 2026-01-02 03:04:05+00:00").append(end);
        }
        if (event.id() != null) {
            frame.append("id:").append(event.id()).append(end);
        }
        if (event.retry() != null) {
            frame.append("retry:").append(event.retry()).append(end);
        }
        if (event.data() != null) {
            String data = event.isEndpoint() ? endpoint(event.data()) : json.text(outward(event.data()));
            for (String line : data.split("\n", -1)) {
                frame.append(terse ? "data:" : "data: ").append(line).append(end);
            }
        }
        // The name of an event may come after its data, and "message" is what an event is called by default.
        if (event.name() != null && !(terse && event.isMessage())) {
            frame.append("event: ").append(event.name()).append(end);
        }
        return frame.append(end).toString().getBytes(StandardCharsets.UTF_8);
    }

    private String endpoint(String address) {
        Matcher id = Pattern.compile("sessionId=([\\w-]{24})").matcher(address);
        String known = id.find()
                ? address.substring(0, id.start()) + parameter + "=" + shown(id.group(1)) + address.substring(id.end())
                : address;
        return outward(known);
    }

    // ---- messages

    @Override
    public Rpc rpc(Rpc healthy) {
        return keepsTexts
                ? healthy
                : call -> {
                    boolean called = call.method().equals("tools/call");
                    Rpc.Call meantCall =
                            called ? call.with(call.message().with("params", Wording.called(call.params()))) : call;
                    return wording.answer(healthy.answer(meantCall));
                };
    }
}
