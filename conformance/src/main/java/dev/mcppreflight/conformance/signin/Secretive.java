package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Requests whose answers hold secrets: these are learned before a picture of the exchange is made. */
final class Secretive {

    private static final List<String> SECRETS =
            List.of("access_token", "refresh_token", "id_token", "client_secret", "registration_access_token");

    private final HttpProbe probe;
    private final WireLog log;
    private final Redactor redactor;

    Secretive(HttpProbe probe, WireLog log, Redactor redactor) {
        this.probe = probe;
        this.log = log;
        this.redactor = redactor;
    }

    /** What came back: the record without secrets, and the JSON with them, for use alone. */
    record Answer(Document document, Json json) {}

    /** The same, recorded elsewhere. */
    Secretive recordedIn(WireLog other) {
        return new Secretive(probe, other, redactor);
    }

    String secret(String value) {
        redactor.learn(value);
        return value;
    }

    /** Registers a client. */
    Answer register(String purpose, URI endpoint, Json metadata) {
        List<Header> headers = new ArrayList<>(Discovery.headers("application/json"));
        headers.add(new Header("Content-Type", "application/json"));
        return send(purpose, new HttpRequest("POST", endpoint, headers, metadata.toString()));
    }

    /** Asks the token endpoint, in the name of a client. */
    Answer token(String purpose, URI endpoint, Parameters form, Client client) {
        List<Header> headers = new ArrayList<>(Discovery.headers("application/json"));
        headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        Parameters body = form;
        if (client.method().equals("client_secret_basic")) {
            String pair = Parameters.NONE.with("u", client.id()).encoded().substring(2) + ":"
                    + Parameters.NONE.with("p", client.secret()).encoded().substring(2);
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            headers.add(new Header("Authorization", "Basic " + secret(basic)));
        } else {
            body = body.with("client_id", client.id()).with("client_secret", client.secret());
        }
        return send(purpose, new HttpRequest("POST", endpoint, headers, body.encoded()));
    }

    private Answer send(String purpose, HttpRequest request) {
        HttpAnswer answer = probe.send(request, purpose, log);
        Json json = Json.parseOrMissing(answer.body());
        for (String name : SECRETS) {
            if (json.get(name).isString()) {
                redactor.learn(json.get(name).text());
            }
        }
        return new Answer(
                new Document(
                        purpose,
                        answer.exchange(),
                        Json.parseOrMissing(answer.exchange().body())),
                json);
    }
}
