package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Purpose;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What is tried at an authorization server beside the way to a token, in the name of the client that goes it. */
public final class Trials {

    private final Walk walk;
    private ProxyTrial proxy;
    private int visits;

    Trials(Walk walk) {
        this.walk = walk;
    }

    // ---- the authorization page, otherwise than a client should ask for it

    /** The page with another address to come back to than the registered one. */
    public Document pageElsewhere() {
        return page(Purpose.AUTHORIZE_ELSEWHERE, walk.parameters().with("redirect_uri", walk.returnAddress() + "/x"));
    }

    /** The page without a proof key. */
    public Document pageWithoutProof() {
        return page(
                Purpose.AUTHORIZE_WITHOUT_PROOF,
                walk.parameters().with("code_challenge", "").with("code_challenge_method", ""));
    }

    /** The page without the resource that the token is for; opened anew each time. */
    public Document pageWithoutResource() {
        URI address = walk.request().page(walk.parameters().with("resource", ""));
        return walk.browser().open(Purpose.AUTHORIZE_WITHOUT_RESOURCE, address);
    }

    /** The page for every scope that there is. */
    public Document pageForAllScopes() {
        return page(
                Purpose.AUTHORIZE_ALL_SCOPES,
                walk.parameters().with("scope", walk.request().everyScope()));
    }

    // ---- further registrations

    /** Registers one more client; asked for once for each purpose. */
    public Document registerFor(String purpose, String redirect) {
        return walk.steps().once(purpose, () -> walk.register(purpose, redirect).document());
    }

    /** The id of the client that was registered for that purpose, or is now; nothing where that is refused. */
    public Optional<String> registeredId(String purpose) {
        return Optional.of(registerFor(purpose, walk.returnAddress()).text("client_id"))
                .filter(id -> !id.isEmpty());
    }

    // ---- clients that a document describes

    /** Whether client documents that this tool serves can be tried: the authorization server is on this machine too. */
    public boolean canServeDocuments() {
        return walk.listens()
                && walk.request().takesDocuments()
                && walk.request().isLocal();
    }

    /** Opens the page in the name of a client that a document of ours describes, twice; and tells how often it was read. */
    public int readsOfDocument() {
        String path = "/described.json";
        String id = walk.callback().describe(path, Json.object());
        page(Purpose.AUTHORIZE_DOCUMENT, walk.parameters().with("client_id", id));
        walk.ask(Purpose.AUTHORIZE_DOCUMENT, walk.parameters().with("client_id", id));
        return walk.callback().reads(path);
    }

    /** Opens the page in the name of a client whose document has these members changed. */
    public Document pageForDocument(String path, Json changes) {
        String id = walk.callback().describe(path, changes);
        return walk.ask(Purpose.AUTHORIZE_BAD_DOCUMENT, walk.parameters().with("client_id", id));
    }

    /** Whether a document of ours was read at all. */
    public boolean wasRead(String path) {
        return walk.callback().reads(path) > 0;
    }

    /**
     * Opens the page in the name of a client whose document would stand at the canary.
     *
     * @throws IOException where nothing can listen there
     */
    public Document pageForCanary() throws IOException {
        try (Canary canary = new Canary(walk.request().wanted().canary())) {
            Document page = page(Purpose.AUTHORIZE_INNER, walk.parameters().with("client_id", canary.document()));
            visits = canary.visits();
            return page;
        }
    }

    /** How many came to the canary. */
    public int visitsOfCanary() {
        return visits;
    }

    // ---- a proxy before a third party

    /** The way through a proxy to its third party, gone once. */
    public synchronized ProxyTrial proxy() {
        if (proxy == null) {
            proxy = anotherProxy();
        }
        return proxy;
    }

    /** The same once more, in another browser. */
    public ProxyTrial anotherProxy() {
        return new ProxyTrial(
                id -> walk.request().page(walk.parameters().with("client_id", id)), walk.browser(), walk.clientId());
    }

    private Document page(String purpose, Parameters parameters) {
        return walk.steps().once(purpose, () -> walk.ask(purpose, parameters));
    }
}
