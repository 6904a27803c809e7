package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a client from the metadata of an authorization server to an access token: to become known, to let the user sign
 * in, to exchange the code. Each step is recorded; what it yields stays in memory and appears in no record.
 */
public final class Walk implements AutoCloseable {

    private final Discovery discovery;
    private final String target;
    private final OAuth wanted;
    private final WireLog log;
    private final HttpProbe probe;
    private final Secretive requests;
    private final Map<String, Document> steps = new LinkedHashMap<>();

    private Callback callback;
    private Client client;
    private ProxyTrial proxyTrial;
    private int visits;
    private Parameters returned = Parameters.NONE;
    private Json token = Json.MISSING;
    private String refreshed = "";
    private String problem = "";

    private Walk(Discovery discovery, String target, OAuth wanted, HttpProbe probe, WireLog log, Secretive requests) {
        this.discovery = discovery;
        this.target = target;
        this.wanted = wanted;
        this.probe = probe;
        this.log = log;
        this.requests = requests;
    }

    /** Goes as far as the authorization server lets us. Throws for nothing that it does. */
    public static Walk through(
            Discovery discovery, String target, OAuth wanted, HttpProbe probe, WireLog log, Redactor redactor) {
        Walk walk = new Walk(discovery, target, wanted, probe, log, new Secretive(probe, log, redactor));
        walk.problem = walk.start();
        return walk;
    }

    /**
     * Goes once more, as the same client, for a token with these scopes; the user is asked again.
     *
     * @param seen where that is recorded
     */
    public Walk again(String scopes, WireLog seen) {
        Walk other = new Walk(discovery, target, wanted.withScope(scopes), probe, seen, requests.recordedIn(seen));
        if (!problem.isEmpty() || wanted.grant() == OAuth.Grant.NONE) {
            other.problem = problem.isEmpty() ? "nobody was to sign in" : problem;
            return other;
        }
        other.client = client;
        other.callback = callback;
        callback.expectAnother();
        other.problem = other.getToken();
        return other;
    }

    /** The scopes of the access token; where its answer names none, those that were asked for (RFC 6749 section 5.1). */
    public Set<String> granted() {
        String named = token.get("scope").text();
        return Set.of((named.isBlank() ? scope() : named).strip().split("\\s+"));
    }

    /** The access token; empty where there is none. */
    public String accessToken() {
        return token.get("access_token").text();
    }

    /** Why there is no access token, in a sentence; empty where there is one, or none was wanted. */
    public String problem() {
        return problem;
    }

    /** The record of a step, one of the constants of {@link Purpose}; nothing where it did not come to that. */
    public Optional<Document> step(String purpose) {
        return Optional.ofNullable(steps.get(purpose));
    }

    /** The record of the last step that was taken. */
    public Optional<Document> last() {
        return steps.values().stream().reduce((earlier, later) -> later);
    }

    /** Whether the client has no secret. */
    public boolean isPublic() {
        return client != null && client.isPublic();
    }

    /** Whether the client was known before. */
    public boolean isGiven() {
        return wanted.clientId() != null;
    }

    /** Whether a user signs in. */
    public boolean hasUser() {
        return wanted.grant() == OAuth.Grant.CODE;
    }

    /** Whether the client became known, so that pages can be opened in its name. */
    public boolean isKnown() {
        return client != null && callback != null && hasPages();
    }

    /** Seconds that the access token is good for; -1 where that is not said. */
    public long secondsToLive() {
        return token.get("expires_in").number(-1);
    }

    public boolean hasRefreshToken() {
        return token.get("refresh_token").isString();
    }

    /** Whether the refresh token was replaced by another when it was used. */
    public boolean isRotated() {
        return !refreshed.isEmpty()
                && !refreshed.equals(token.get("refresh_token").text());
    }

    /** The members of the token's answer, without their values. */
    public List<String> tokenMembers() {
        return List.copyOf(token.names());
    }

    /** Whom the token is for, where it is a JWT; missing where it is opaque. */
    public Json audience() {
        return Forgery.claimsOf(accessToken()).get("aud");
    }

    /** What the resource parameter said. */
    public String resource() {
        return discovery
                .resource()
                .map(document -> document.text("resource"))
                .filter(named -> !named.isEmpty())
                .orElse(target);
    }

    /** Whether this answer sends the browser back to the client. */
    public boolean comesBack(Document page) {
        return page.exchange()
                .header("Location")
                .filter(location -> location.startsWith(callback.address() + "?"))
                .isPresent();
    }

    /** The issuer that such an answer names; empty for none. */
    public String issuerOf(Document page) {
        return page.exchange()
                .header("Location")
                .map(location -> Parameters.of(location.substring(location.indexOf('?') + 1)))
                .map(back -> back.get("iss"))
                .orElse("");
    }

    // ---- the steps

    private String start() {
        Optional<Document> server = discovery.server();
        if (server.isEmpty()) {
            return "no authorization server was found to sign in at";
        }
        try {
            callback = new Callback(wanted.port());
        } catch (IOException e) {
            return "nothing can listen on port " + wanted.port() + " of this machine: " + e.getMessage();
        }
        String unknown = becomeKnown();
        return !unknown.isEmpty() || wanted.grant() == OAuth.Grant.NONE ? unknown : getToken();
    }

    private String getToken() {
        return wanted.grant() != OAuth.Grant.CLIENT_CREDENTIALS
                ? signIn()
                : getToken(
                        Purpose.MACHINE_TOKEN,
                        Parameters.NONE
                                .with("grant_type", "client_credentials")
                                .with("scope", scope())
                                .with("resource", resource()));
    }

    private String becomeKnown() {
        if (wanted.clientId() != null) {
            client = Client.given(wanted.clientId(), wanted.clientSecret());
            return "";
        }
        if (endpoint("registration_endpoint").isEmpty()) {
            if (isLocal() && takesDocuments() && hasPages()) {
                client = Client.given(serveDocument("/client.json", Json.object()), null);
                return "";
            }
            return "no client can register itself: --client-id ID";
        }
        Secretive.Answer answer = register(Purpose.REGISTER, callback.address());
        String id = answer.json().get("client_id").text();
        if (answer.document().exchange().status() / 100 != 2 || id.isEmpty()) {
            return "the registration was answered by " + told(answer.document());
        }
        String secret = answer.json().get("client_secret").text();
        String method = answer.json().get("token_endpoint_auth_method").text();
        client = new Client(
                id,
                secret.isEmpty() ? null : secret,
                secret.isEmpty() ? "none" : method.isEmpty() ? "client_secret_basic" : method);
        return "";
    }

    private String signIn() {
        // Whoever consented once is not asked again, so that the page has to be looked at before.
        page();
        ProofKey proof = ProofKey.fresh();
        requests.secret(proof.verifier());
        String state = ProofKey.unguessable();
        Optional<URI> page = endpoint("authorization_endpoint");
        if (page.isEmpty()) {
            return "the authorization server names no authorization_endpoint";
        }
        URI address = request(proof).with("state", state).on(page.get().toString());
        Recording recording =
                log.begin(Purpose.BROWSER, "GET", address.toString(), Discovery.headers("text/html"), null);
        wanted.browser().open(address);
        Optional<Parameters> came = callback.await(wanted.patience());
        if (came.isEmpty()) {
            recording.failed(
                    Failure.Kind.NO_ANSWER,
                    "the browser did not come back within " + wanted.patience().toSeconds() + " s");
            note(Purpose.BROWSER, recording.exchange());
            return "the browser did not come back within " + wanted.patience().toSeconds() + " s";
        }
        returned = came.get();
        if (!returned.get("code").isEmpty()) {
            requests.secret(returned.get("code"));
        }
        recording.answered(
                302,
                List.of(new Header("Location", returned.on(callback.address()).toString())));
        recording.ended();
        note(Purpose.BROWSER, recording.exchange());
        if (!returned.get("error").isEmpty()) {
            return "the authorization server sent the browser back with the error " + returned.get("error");
        }
        if (!returned.get("state").equals(state)) {
            return "the browser came back with another state than it left with";
        }
        String problemOfToken = getToken(
                Purpose.EXCHANGE,
                Parameters.NONE
                        .with("grant_type", "authorization_code")
                        .with("code", returned.get("code"))
                        .with("redirect_uri", callback.address())
                        .with("code_verifier", proof.verifier())
                        .with("resource", resource()));
        if (problemOfToken.isEmpty() && hasRefreshToken()) {
            refresh();
        }
        return problemOfToken;
    }

    private String getToken(String purpose, Parameters form) {
        Optional<URI> endpoint = endpoint("token_endpoint");
        if (endpoint.isEmpty()) {
            return "the authorization server names no token_endpoint";
        }
        Secretive.Answer answer = requests.token(purpose, endpoint.get(), form, client);
        if (wanted.clientSecret() != null && answer.json().get("error").text().equals("invalid_client")) {
            client = client.otherWay();
            answer = requests.token(purpose, endpoint.get(), form, client);
        }
        steps.put(purpose, answer.document());
        if (answer.document().exchange().status() != 200
                || !answer.json().get("access_token").isString()) {
            return "the token endpoint answered by " + told(answer.document());
        }
        token = answer.json();
        return "";
    }

    /** A refresh that fails takes nothing away: the first token is still good. */
    private void refresh() {
        refreshed = token.get("refresh_token").text();
        Json before = token;
        String failed = getToken(
                Purpose.REFRESH,
                Parameters.NONE
                        .with("grant_type", "refresh_token")
                        .with("refresh_token", refreshed)
                        .with("resource", resource()));
        if (!failed.isEmpty()) {
            token = before;
            refreshed = "";
        } else if (!hasRefreshToken()) {
            // None in the answer means that the old one goes on (RFC 6749 section 6).
            token = token.with("refresh_token", refreshed);
        }
    }

    // ---- what is tried beside it

    /** Opens the authorization page as a client does; asked for once. */
    public Document page() {
        synchronized (steps) {
            Document known = steps.get(Purpose.AUTHORIZE);
            if (known == null) {
                known = browser().open(Purpose.AUTHORIZE, at(request(ProofKey.fresh())));
                steps.put(Purpose.AUTHORIZE, known);
            }
            return known;
        }
    }

    private Browsing browser() {
        return new Browsing(probe, log, callback.address());
    }

    /** The way through a proxy to its third party, gone once. */
    public ProxyTrial proxyTrial() {
        synchronized (steps) {
            if (proxyTrial == null) {
                proxyTrial = anotherProxyTrial();
            }
            return proxyTrial;
        }
    }

    /** The same once more, in another browser. */
    public ProxyTrial anotherProxyTrial() {
        return new ProxyTrial(id -> at(request(ProofKey.fresh()).with("client_id", id)), browser(), client.id());
    }

    /** The id under which this client is known. */
    public String clientId() {
        return client.id();
    }

    /** The id of the client that was registered for that purpose, or is now; nothing where that is refused. */
    public Optional<String> registeredId(String purpose) {
        return Optional.of(registerFor(purpose, callback.address()).text("client_id"))
                .filter(id -> !id.isEmpty());
    }

    public Document pageElsewhere() {
        return page(
                Purpose.AUTHORIZE_ELSEWHERE, request(ProofKey.fresh()).with("redirect_uri", callback.address() + "/x"));
    }

    public Document pageWithoutProof() {
        return page(
                Purpose.AUTHORIZE_WITHOUT_PROOF,
                request(ProofKey.fresh()).with("code_challenge", "").with("code_challenge_method", ""));
    }

    public Document pageWithoutResource() {
        return browser()
                .open(
                        Purpose.AUTHORIZE_WITHOUT_RESOURCE,
                        at(request(ProofKey.fresh()).with("resource", "")));
    }

    public Document pageForAllScopes() {
        List<String> all = new ArrayList<>();
        discovery
                .resource()
                .map(document -> document.json().get("scopes_supported"))
                .filter(Json::isArray)
                .or(() -> discovery.server().map(document -> document.json().get("scopes_supported")))
                .ifPresent(scopes -> scopes.items().forEach(scope -> all.add(scope.text())));
        return page(Purpose.AUTHORIZE_ALL_SCOPES, request(ProofKey.fresh()).with("scope", String.join(" ", all)));
    }

    /** Registers one more client; asked for once for each purpose. */
    public Document registerFor(String purpose, String redirect) {
        synchronized (steps) {
            Document known = steps.get(purpose);
            return known != null ? known : register(purpose, redirect).document();
        }
    }

    /** Whether client documents that this tool serves can be tried: the authorization server is on this machine too. */
    public boolean canServeDocuments() {
        return callback != null && takesDocuments() && isLocal();
    }

    /** Opens the page in the name of a client that a document of ours describes, twice; and tells how often it was read. */
    public int readsOfDocument() {
        String id = serveDocument("/described.json", Json.object());
        page(Purpose.AUTHORIZE_DOCUMENT, request(ProofKey.fresh()).with("client_id", id));
        ask(Purpose.AUTHORIZE_DOCUMENT, request(ProofKey.fresh()).with("client_id", id));
        return callback.reads("/described.json");
    }

    /** Whether a document of ours was read at all. */
    public boolean wasRead(String path) {
        return callback.reads(path) > 0;
    }

    /**
     * Opens the page in the name of a client whose document would stand at the canary.
     *
     * @throws IOException where nothing can listen there
     */
    public Document pageForCanary() throws IOException {
        try (Canary canary = new Canary(wanted.canary())) {
            Document page =
                    page(Purpose.AUTHORIZE_INNER, request(ProofKey.fresh()).with("client_id", canary.document()));
            visits = canary.visits();
            return page;
        }
    }

    /** How many came to the canary. */
    public int visitsOfCanary() {
        return visits;
    }

    /** Whether the authorization server is on this machine. */
    public boolean isLocal() {
        return endpoint("authorization_endpoint")
                .filter(page -> Addresses.isLoopback(page.getHost()))
                .isPresent();
    }

    /** Opens the page in the name of a client whose document has these members changed. */
    public Document pageForDocument(String path, Json changes) {
        String id = serveDocument(path, changes);
        return ask(Purpose.AUTHORIZE_BAD_DOCUMENT, request(ProofKey.fresh()).with("client_id", id));
    }

    /** Where the browser comes back to. */
    public String returnAddress() {
        return callback.address();
    }

    private Document page(String purpose, Parameters parameters) {
        synchronized (steps) {
            Document known = steps.get(purpose);
            if (known == null) {
                known = ask(purpose, parameters);
                steps.put(purpose, known);
            }
            return known;
        }
    }

    private Document ask(String purpose, Parameters parameters) {
        return discovery.ask(purpose, new HttpRequest("GET", at(parameters), Discovery.headers("text/html"), null));
    }

    /** The address of the authorization page with these. */
    private URI at(Parameters parameters) {
        return parameters.on(
                endpoint("authorization_endpoint").map(URI::toString).orElse(target));
    }

    /** A user's client has no secret, since it could keep none; a machine is known by nothing else. */
    private Secretive.Answer register(String purpose, String redirect) {
        boolean machine = !hasPages() && purpose.equals(Purpose.REGISTER);
        Json metadata = machine
                ? Json.object("client_name", "MCP Preflight", "grant_types", Json.array("client_credentials"))
                        .with("redirect_uris", Json.array(redirect))
                        .with("token_endpoint_auth_method", "client_secret_basic")
                : Json.object("client_name", "MCP Preflight")
                        .with("redirect_uris", Json.array(redirect))
                        .with("grant_types", Json.array("authorization_code", "refresh_token"))
                        .with("response_types", Json.array("code"))
                        .with("token_endpoint_auth_method", "none");
        Secretive.Answer answer =
                requests.register(purpose, endpoint("registration_endpoint").orElseThrow(), metadata);
        steps.put(purpose, answer.document());
        return answer;
    }

    private String serveDocument(String path, Json changes) {
        String id = callback.origin() + path;
        Json document = Json.object(
                        "client_id", id,
                        "client_name", "MCP Preflight",
                        "redirect_uris", Json.array(callback.address()),
                        "grant_types", Json.array("authorization_code", "refresh_token"),
                        "response_types", Json.array("code"))
                .with("token_endpoint_auth_method", "none");
        for (String name : changes.names()) {
            document = changes.get(name).isNull() ? document.without(name) : document.with(name, changes.get(name));
        }
        return callback.serve(path, document.toString());
    }

    private Parameters request(ProofKey proof) {
        return Parameters.NONE
                .with("response_type", "code")
                .with("client_id", client.id())
                .with("redirect_uri", callback.address())
                .with("scope", scope())
                .with("state", ProofKey.unguessable())
                .with("code_challenge", proof.challenge())
                .with("code_challenge_method", "S256")
                .with("resource", resource());
    }

    /** As clients choose it: what was given, what the challenge names, what the metadata lists. */
    private String scope() {
        if (wanted.scope() != null) {
            return wanted.scope();
        }
        String challenged =
                discovery.challenge().map(challenge -> challenge.get("scope")).orElse("");
        return !challenged.isEmpty()
                ? challenged
                : discovery
                        .resource()
                        .map(document -> document.json().get("scopes_supported").items().stream()
                                .map(Json::text)
                                .reduce((some, more) -> some + " " + more)
                                .orElse(""))
                        .orElse("");
    }

    /** Whether there is anything for a user to see. */
    private boolean hasPages() {
        return wanted.grant() != OAuth.Grant.CLIENT_CREDENTIALS;
    }

    /** Whether clients may be described by documents. */
    public boolean takesDocuments() {
        return discovery
                .server()
                .filter(document -> document.json()
                        .get("client_id_metadata_document_supported")
                        .isTrue())
                .isPresent();
    }

    private Optional<URI> endpoint(String name) {
        return discovery
                .server()
                .map(document -> document.text(name))
                .filter(Addresses::isWeb)
                .map(URI::create);
    }

    private void note(String purpose, Exchange exchange) {
        steps.put(purpose, new Document(purpose, exchange, Json.MISSING));
    }

    private static String told(Document document) {
        String error = document.text("error");
        int status = document.exchange().status();
        return (status == 0 ? "nothing" : "HTTP " + status) + (error.isEmpty() ? "" : " and the error " + error);
    }

    /** Stops to listen. */
    @Override
    public void close() {
        if (callback != null) {
            callback.close();
        }
    }
}
