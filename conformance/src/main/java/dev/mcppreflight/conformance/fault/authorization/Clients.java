package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The clients of the authorization server: those that registered (RFC 7591), those that a document describes (client id
 * metadata documents), and one for machines.
 */
public final class Clients {

    public static final String MACHINE = "preflight-machine";
    public static final String MACHINE_SECRET = "preflight-machine-secret";

    private static final Pattern LOOPBACK = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/.*)?");
    private static final int LARGEST_DOCUMENT = 64 * 1024;
    private static final int PATIENCE_MILLIS = 2_000;

    private final Map<String, Json> known = new ConcurrentHashMap<>();
    private final Map<String, Json> documents = new ConcurrentHashMap<>();
    private final Tokens tokens;

    Clients(Tokens tokens) {
        this.tokens = tokens;
        known.put(
                MACHINE,
                Json.object(
                        "client_id",
                        MACHINE,
                        "client_secret",
                        MACHINE_SECRET,
                        "client_name",
                        "A machine",
                        "redirect_uris",
                        Json.array()));
    }

    /** Registers a client as it describes itself. */
    Response register(Request request) {
        Json wanted = request.json();
        List<String> redirects =
                wanted.get("redirect_uris").items().stream().map(Json::text).toList();
        if (redirects.isEmpty() || !redirects.stream().allMatch(Clients::isAllowed)) {
            return AuthorizationServer.error(400, "invalid_redirect_uri", "https, or http on loopback");
        }
        String id = "client-" + tokens.unguessable();
        Json client = wanted.with("client_id", id).with("client_id_issued_at", System.currentTimeMillis() / 1000);
        if (!method(wanted).equals("none")) {
            client = client.with("client_secret", tokens.unguessable()).with("client_secret_expires_at", 0);
        }
        known.put(id, client);
        return Response.json(201, client).with("Cache-Control", "no-store");
    }

    /** The client of that id; a document that describes itself by another id describes nobody. */
    Optional<Json> find(String id) {
        if (!id.startsWith("http")) {
            return Optional.ofNullable(known.get(id));
        }
        if (!LOOPBACK.matcher(id).matches()) {
            // This server stays on its machine.
            return Optional.empty();
        }
        Json document = documents.computeIfAbsent(id, Clients::read);
        boolean sound = document.get("client_id").text().equals(id)
                && document.get("client_name").isString()
                && document.get("redirect_uris").size() > 0;
        if (!sound) {
            documents.remove(id);
        }
        return sound ? Optional.of(document) : Optional.empty();
    }

    /** Whether a client may be sent back there: exactly as registered, but for the port on loopback (RFC 8252). */
    static boolean mayReturnTo(Json client, String redirect) {
        return client.get("redirect_uris").items().stream()
                .map(Json::text)
                .anyMatch(allowed -> allowed.equals(redirect)
                        || LOOPBACK.matcher(allowed).matches()
                                && LOOPBACK.matcher(redirect).matches()
                                && withoutPort(allowed).equals(withoutPort(redirect)));
    }

    /** How the client says who it is at the token endpoint. */
    static String method(Json client) {
        String method = client.get("token_endpoint_auth_method").text();
        return method.isEmpty() ? "client_secret_basic" : method;
    }

    private static boolean isAllowed(String redirect) {
        return redirect.startsWith("https://") || LOOPBACK.matcher(redirect).matches();
    }

    private static String withoutPort(String address) {
        return address.replaceFirst("(://[^/:]+|://\\[[^]]*]):\\d+", "$1");
    }

    public static Json read(String address) {
        try {
            URLConnection connection = URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (InputStream in = connection.getInputStream()) {
                return Json.parseOrMissing(new String(in.readNBytes(LARGEST_DOCUMENT), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Json.MISSING;
        }
    }
}
