package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where to sign in, as a client finds it out (2025-11-25 basic/authorization#authorization-server-discovery): from the
 * challenge to the resource metadata, and from there to the metadata of each authorization server. Each document is asked
 * for once, when it is first wanted, without any credential.
 */
public final class Discovery {

    private static final int MOST_ISSUERS = 3;
    private static final int MOST_HOPS = 2;
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final URI target;
    private final Exchange refusal;
    private final HttpProbe probe;
    private final WireLog log;
    private final boolean guesses;
    private final Map<URI, Document> documents = new LinkedHashMap<>();
    private final Map<String, Document> invented = new LinkedHashMap<>();
    private List<Issuer> issuers;

    /**
     * @param target the address of the server
     * @param refusal how it answered to a caller without credentials
     * @param log where the requests are recorded
     * @param guesses whether endpoints are looked for where nothing names them, as 2025-03-26 has it
     */
    public Discovery(URI target, Exchange refusal, HttpProbe probe, WireLog log, boolean guesses) {
        this.target = target;
        this.refusal = refusal;
        this.probe = probe;
        this.log = log;
        this.guesses = guesses;
    }

    /** The challenge of the scheme Bearer. */
    public Optional<Challenge> challenge() {
        return Challenge.bearer(refusal);
    }

    /** How it answered to a caller without credentials. */
    public Exchange refusal() {
        return refusal;
    }

    /** The resource metadata at each of its places: where the challenge points, at the path, at the root. */
    public synchronized List<Document> resources() {
        Map<URI, String> places = new LinkedHashMap<>();
        pointer().ifPresent(address -> places.putIfAbsent(address, Purpose.METADATA));
        places.putIfAbsent(target.resolve(RESOURCE + path()), Purpose.METADATA_AT_PATH);
        places.putIfAbsent(target.resolve(RESOURCE), Purpose.METADATA_AT_ROOT);
        return places.entrySet().stream()
                .map(place -> read(place.getKey(), place.getValue()))
                .toList();
    }

    /** The resource metadata that a client goes by: the first that is there. */
    public Optional<Document> resource() {
        return resources().stream()
                .filter(document -> document.isThere()
                        && (document.json().get("resource").isPresent()
                                || document.json().get("authorization_servers").isPresent()))
                .findFirst();
    }

    /** The authorization servers that the resource metadata names, at most three; without any, that of the origin. */
    public synchronized List<Issuer> issuers() {
        if (issuers == null) {
            issuers = resource()
                    .map(document -> document.json().get("authorization_servers"))
                    .filter(Json::isArray)
                    .map(names -> names.items().stream()
                            .map(Json::text)
                            .filter(this::mayBeAsked)
                            .limit(MOST_ISSUERS)
                            .map(this::issuer)
                            .toList())
                    .orElseGet(() -> resource().isPresent() ? List.of() : List.of(issuer(origin())));
        }
        return issuers;
    }

    /** The metadata of the first authorization server that has any. */
    public Optional<Document> server() {
        return issuers().stream().flatMap(issuer -> issuer.metadata().stream()).findFirst();
    }

    /** The OpenID metadata of the authorization server, where that is asked for beside the other. */
    public synchronized Optional<Document> openId() {
        return issuers().stream()
                .limit(1)
                .map(issuer -> read(forms(issuer.name()).get(OPENID_FORM), Purpose.ISSUER_OPENID))
                .filter(Document::isThere)
                .findFirst();
    }

    /**
     * Whether the server signs its callers in by OAuth, for all that can be seen: it points to metadata, or has some, or is
     * its own authorization server. What asks for a key of its own kind does not.
     */
    public boolean isOAuth() {
        return challenge()
                        .filter(challenge -> !challenge.get("resource_metadata").isEmpty())
                        .isPresent()
                || resource().isPresent()
                || server().isPresent()
                || metadataBelowPath().isPresent()
                || guesses && defaults().stream().anyMatch(Discovery::answers);
    }

    /** The endpoints that clients of 2025-03-26 take for given where no metadata names any. */
    public List<Document> defaults() {
        return Stream.of("/authorize", "/token")
                .map(path -> read(target.resolve(path), Purpose.DEFAULT_ENDPOINT))
                .toList();
    }

    /** Whether there is anything at all; a page for whatever is asked is nothing. */
    private static boolean answers(Document endpoint) {
        int status = endpoint.exchange().status();
        return status > 0 && status != 404 && status != 410 && status < 500 && status != 200;
    }

    /** Whether it goes by the rules of 2025-03-26: no resource metadata, but authorization server metadata of its own. */
    public boolean isOfOldRules() {
        boolean points = challenge()
                .filter(challenge -> !challenge.get("resource_metadata").isEmpty())
                .isPresent();
        return !points && resource().isEmpty() && isOAuth();
    }

    /** Authorization server metadata below the path of the server, where nobody looks for it (any more). */
    public synchronized Optional<Document> metadataBelowPath() {
        if (path().isEmpty() || resource().isPresent() || server().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(read(target.resolve(OAUTH + path()), Purpose.ISSUER_BELOW_PATH))
                .filter(Document::isThere);
    }

    /** A request to the authorization server, which is told no credential of the target. */
    public synchronized Document ask(String purpose, HttpRequest request) {
        Exchange exchange = probe.send(request, purpose, log).exchange();
        return new Document(purpose, exchange, Json.parseOrMissing(exchange.body()));
    }

    /** How the token endpoint answers to what nobody can have: an invented code, or refresh token; asked for once. */
    public synchronized Document invented(String purpose) {
        URI endpoint = server().map(document -> document.text("token_endpoint"))
                .filter(this::mayBeAsked)
                .map(URI::create)
                .orElse(target);
        Document known = invented.get(purpose);
        if (known == null) {
            boolean code = purpose.equals(Purpose.INVENTED_CODE);
            String form = new Parameters(Map.of())
                    .with("grant_type", code ? "authorization_code" : "refresh_token")
                    .with(code ? "code" : "refresh_token", "preflight-invented")
                    .with("redirect_uri", code ? "http://127.0.0.1/callback" : "")
                    .with("code_verifier", code ? ProofKey.unguessable() : "")
                    .with("client_id", "preflight-invented")
                    .encoded();
            List<Header> headers = new ArrayList<>(headers("application/json"));
            headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
            known = ask(purpose, new HttpRequest("POST", endpoint, headers, form));
            invented.put(purpose, known);
        }
        return known;
    }

    /** A page or document that is asked for once. */
    public synchronized Document read(URI address, String purpose) {
        Document known = documents.get(address);
        if (known == null) {
            known = get(address, purpose);
            for (int hops = 0; hops < MOST_HOPS && redirect(known).isPresent(); hops++) {
                known = get(redirect(known).get(), purpose);
            }
            documents.put(address, known);
        }
        return known;
    }

    private Document get(URI address, String purpose) {
        return ask(purpose, new HttpRequest("GET", address, headers("application/json"), null));
    }

    /** Clients follow redirects of documents; here on the same host alone. */
    private Optional<URI> redirect(Document document) {
        Exchange exchange = document.exchange();
        if (exchange.status() / 100 != 3) {
            return Optional.empty();
        }
        try {
            URI from = URI.create(exchange.url());
            return exchange.header("Location")
                    .map(from::resolve)
                    .filter(to -> String.valueOf(to.getHost()).equalsIgnoreCase(from.getHost()))
                    .filter(to -> mayBeAsked(to.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The headers of a request, which say who asks and nothing more. */
    public static List<Header> headers(String accept) {
        return List.of(new Header("User-Agent", "mcp-preflight/0.1"), new Header("Accept", accept));
    }

    private static final int OPENID_FORM = 1;

    private Issuer issuer(String name) {
        List<Document> tried = new ArrayList<>();
        List<URI> forms = forms(name);
        List<String> purposes = List.of(Purpose.ISSUER_OAUTH, Purpose.ISSUER_OPENID, Purpose.ISSUER_OPENID_APPENDED);
        for (int i = 0; i < forms.size() && tried.stream().noneMatch(Document::isThere); i++) {
            tried.add(read(forms.get(i), purposes.get(i)));
        }
        return new Issuer(name, tried);
    }

    /** RFC 8414 inserts the well-known place before the path of the issuer, OpenID appends it. */
    public static List<URI> forms(String issuer) {
        URI address = URI.create(issuer);
        String path = trimmed(address.getRawPath());
        URI root = address.resolve("/");
        return Stream.of(OAUTH + path, OPENID + path, path + OPENID)
                .distinct()
                .map(root::resolve)
                .toList();
    }

    /** Where the challenge points, unless that leads from a public server to an inner one. */
    private Optional<URI> pointer() {
        return challenge()
                .map(challenge -> challenge.get("resource_metadata"))
                .filter(this::mayBeAsked)
                .map(URI::create);
    }

    /** Whether this is an address, and not one by which a public server would have us look into a private network. */
    private boolean mayBeAsked(String address) {
        try {
            URI uri = URI.create(address);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return http
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && (Addresses.isPrivate(target.getHost()) || !Addresses.isPrivate(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String origin() {
        return target.getScheme() + "://" + target.getRawAuthority();
    }

    /** The path of the server without a slash at its end. */
    private String path() {
        return trimmed(target.getRawPath());
    }

    private static String trimmed(String path) {
        return path == null ? "" : path.replaceAll("/+$", "");
    }
}
