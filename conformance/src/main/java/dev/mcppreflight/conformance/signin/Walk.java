package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a client from the metadata of an authorization server to an access token: to become known, to let the user sign
 * in, to exchange the code. Each step is recorded; what it yields stays in memory and appears in no record.
 */
public final class Walk implements AutoCloseable {

    private final SignInRequest request;
    private final OAuth wanted;
    private final HttpProbe probe;
    private final WireLog log;
    private final Secretive requests;
    private final Steps steps = new Steps();
    private final Trials trials = new Trials(this);

    private Callback callback;
    private Client client;
    private Token token = Token.NONE;
    private String problem = "";

    private Walk(SignInRequest request, HttpProbe probe, WireLog log, Secretive requests) {
        this.request = request;
        this.wanted = request.wanted();
        this.probe = probe;
        this.log = log;
        this.requests = requests;
    }

    /** Goes as far as the authorization server lets us. Throws for nothing that it does. */
    public static Walk through(
            Discovery discovery, String target, OAuth wanted, HttpProbe probe, WireLog log, Redactor redactor) {
        SignInRequest request = new SignInRequest(discovery, target, wanted);
        Walk walk = new Walk(request, probe, log, new Secretive(probe, log, redactor));
        walk.problem = walk.start();
        return walk;
    }

    /**
     * Goes once more, as the same client, for a token with these scopes; the user is asked again.
     *
     * @param seen where that is recorded
     */
    public Walk again(String scopes, WireLog seen) {
        SignInRequest more = new SignInRequest(request.discovery(), request.target(), wanted.withScope(scopes));
        Walk other = new Walk(more, probe, seen, requests.recordedIn(seen));
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

    // ---- what came of it

    /** What was given out; without an access token where nothing was. */
    public Token token() {
        return token;
    }

    /** The access token; empty where there is none. */
    public String accessToken() {
        return token.access();
    }

    /** The scopes of the access token. */
    public Set<String> granted() {
        return token.scopes(request.scope());
    }

    /** Why there is no access token, in a sentence; empty where there is one, or none was wanted. */
    public String problem() {
        return problem;
    }

    /** The record of a step, one of the constants of {@link Purpose}; nothing where it did not come to that. */
    public Optional<Document> step(String purpose) {
        return steps.of(purpose);
    }

    /** The record of the last step that was taken. */
    public Optional<Document> last() {
        return steps.last();
    }

    /** What can be tried beside it, in the name of the same client. */
    public Trials trials() {
        return trials;
    }

    // ---- who goes it

    /** The id under which this client is known. */
    public String clientId() {
        return client.id();
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
        return client != null && callback != null && request.hasPages();
    }

    /** What the resource parameter said. */
    public String resource() {
        return request.resource();
    }

    /** Whether the authorization server is on this machine. */
    public boolean isLocal() {
        return request.isLocal();
    }

    /** Whether clients may be described by documents. */
    public boolean takesDocuments() {
        return request.takesDocuments();
    }

    /** Where the browser comes back to. */
    public String returnAddress() {
        return callback.address();
    }

    /** Whether this answer sends the browser back to the client. */
    public boolean comesBack(Document page) {
        return page.exchange()
                .header("Location")
                .filter(location -> location.startsWith(returnAddress() + "?"))
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
        Optional<Document> server = request.discovery().server();
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
                                .with("scope", request.scope())
                                .with("resource", resource()));
    }

    private String becomeKnown() {
        if (wanted.clientId() != null) {
            client = Client.given(wanted.clientId(), wanted.clientSecret());
            return "";
        }
        if (request.endpoint("registration_endpoint").isEmpty()) {
            if (isLocal() && takesDocuments() && request.hasPages()) {
                client = Client.given(callback.describe("/client.json", Json.object()), null);
                return "";
            }
            return "no client can register itself: --client-id ID";
        }
        Secretive.Answer answer = register(Purpose.REGISTER, callback.address());
        String id = answer.json().get("client_id").text();
        if (answer.document().exchange().status() / 100 != 2 || id.isEmpty()) {
            return "the registration was answered by " + told(answer.document());
        }
        client = Client.registered(id, answer.json());
        return "";
    }

    private String signIn() {
        // Whoever consented once is not asked again, so that the page has to be looked at before.
        page();
        ProofKey proof = ProofKey.fresh();
        requests.secret(proof.verifier());
        String state = ProofKey.unguessable();
        if (request.endpoint("authorization_endpoint").isEmpty()) {
            return "the authorization server names no authorization_endpoint";
        }
        URI address = request.page(
                request.parameters(client.id(), callback.address(), proof).with("state", state));
        Recording recording =
                log.begin(Purpose.BROWSER, "GET", address.toString(), Discovery.headers("text/html"), null);
        wanted.browser().open(address);
        Optional<Parameters> came = callback.await(wanted.patience());
        if (came.isEmpty()) {
            String late =
                    "the browser did not come back within " + wanted.patience().toSeconds() + " s";
            recording.failed(Failure.Kind.NO_ANSWER, late);
            steps.took(Purpose.BROWSER, new Document(Purpose.BROWSER, recording.exchange(), Json.MISSING));
            return late;
        }
        Parameters returned = came.get();
        if (!returned.get("code").isEmpty()) {
            requests.secret(returned.get("code"));
        }
        recording.answered(
                302,
                List.of(new Header("Location", returned.on(callback.address()).toString())));
        recording.ended();
        steps.took(Purpose.BROWSER, new Document(Purpose.BROWSER, recording.exchange(), Json.MISSING));
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
        if (problemOfToken.isEmpty() && token.hasRefreshToken()) {
            refresh();
        }
        return problemOfToken;
    }

    private String getToken(String purpose, Parameters form) {
        Optional<URI> endpoint = request.endpoint("token_endpoint");
        if (endpoint.isEmpty()) {
            return "the authorization server names no token_endpoint";
        }
        Secretive.Answer answer = requests.token(purpose, endpoint.get(), form, client);
        if (wanted.clientSecret() != null && answer.json().get("error").text().equals("invalid_client")) {
            client = client.otherWay();
            answer = requests.token(purpose, endpoint.get(), form, client);
        }
        steps.took(purpose, answer.document());
        if (answer.document().exchange().status() != 200
                || !answer.json().get("access_token").isString()) {
            return "the token endpoint answered by " + told(answer.document());
        }
        token = Token.of(answer.json());
        return "";
    }

    /** A refresh that fails takes nothing away: the first token is still good. */
    private void refresh() {
        Token first = token;
        String failed = getToken(
                Purpose.REFRESH,
                Parameters.NONE
                        .with("grant_type", "refresh_token")
                        .with("refresh_token", first.refreshToken())
                        .with("resource", resource()));
        token = failed.isEmpty() ? first.refreshedBy(token) : first;
    }

    /** Opens the authorization page as a client does; asked for once. */
    public Document page() {
        return steps.once(Purpose.AUTHORIZE, () -> browser().open(Purpose.AUTHORIZE, request.page(parameters())));
    }

    private static String told(Document document) {
        String error = document.text("error");
        int status = document.exchange().status();
        return (status == 0 ? "nothing" : "HTTP " + status) + (error.isEmpty() ? "" : " and the error " + error);
    }

    // ---- what trials are made of

    SignInRequest request() {
        return request;
    }

    Steps steps() {
        return steps;
    }

    /** Whether a browser could come back at all. */
    boolean listens() {
        return callback != null;
    }

    Callback callback() {
        return callback;
    }

    /** A browser that was nowhere before. */
    Browsing browser() {
        return new Browsing(probe, log, callback.address());
    }

    /** What the authorization page is asked with, under a proof key of its own. */
    Parameters parameters() {
        return request.parameters(client.id(), callback.address(), ProofKey.fresh());
    }

    /** Asks for the authorization page without a browser. */
    Document ask(String purpose, Parameters parameters) {
        return request.discovery()
                .ask(purpose, new HttpRequest("GET", request.page(parameters), Discovery.headers("text/html"), null));
    }

    /** Registers a client that comes back there. */
    Secretive.Answer register(String purpose, String redirect) {
        boolean machine = !request.hasPages() && purpose.equals(Purpose.REGISTER);
        Json metadata = machine ? ClientMetadata.ofMachine(redirect) : ClientMetadata.ofUser(redirect);
        Secretive.Answer answer = requests.register(
                purpose, request.endpoint("registration_endpoint").orElseThrow(), metadata);
        steps.took(purpose, answer.document());
        return answer;
    }

    /** Stops to listen. */
    @Override
    public void close() {
        if (callback != null) {
            callback.close();
        }
    }
}
