package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.authorization.AuthorizationServer;
import dev.mcppreflight.conformance.fault.authorization.ConsentPage;
import dev.mcppreflight.conformance.fault.authorization.Guard;
import dev.mcppreflight.conformance.fault.authorization.ResourceMetadata;
import dev.mcppreflight.conformance.fault.authorization.TokenGuard;
import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Site;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** What goes wrong while a client signs in. One name, {@code sign-in}, whose parameter says what. */
final class AuthorizationDeviations {

    private static final String AUTHORIZE = "/authorize";
    private static final String TOKEN = "/token";
    private static final String REGISTER = "/register";
    private static final String UNFIT_SCOPE = "documents:admin";

    private static final Map<String, Supplier<Deviation>> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("one-registration", AuthorizationDeviations::oneRegistration),
            Map.entry("refuses-resource", AuthorizationDeviations::refusesResource),
            Map.entry("refuses-listed-scope", AuthorizationDeviations::refusesListedScope),
            Map.entry("without-issuer", () -> withoutIssuer("")),
            Map.entry("without-issuer-in-errors", () -> withoutIssuer("error=")),
            Map.entry("open-redirect", AuthorizationDeviations::openRedirect),
            Map.entry("without-proof-key", AuthorizationDeviations::withoutProofKey),
            Map.entry("asks-nobody", AuthorizationDeviations::asksNobody),
            Map.entry("ignores-documents", AuthorizationDeviations::ignoresDocuments),
            Map.entry("believes-documents", AuthorizationDeviations::believesDocuments),
            Map.entry("other-audience", AuthorizationDeviations::otherAudience),
            Map.entry("same-refresh-token", AuthorizationDeviations::sameRefreshToken),
            Map.entry("refuses-tokens", AuthorizationDeviations::refusesTokens),
            Map.entry("wrong-clock", AuthorizationDeviations::wrongClock)));

    static final Map<String, Function<Json, Deviation>> ALL = Map.of("sign-in", parameter -> KINDS.get(
                    Parameter.oneOf(parameter, KINDS.keySet().toArray(String[]::new)))
            .get());

    private AuthorizationDeviations() {}

    private static Deviation oneRegistration() {
        AtomicInteger count = new AtomicInteger();
        return Deviation.ofHttp(
                (request, healthy, site) -> request.path().equals(REGISTER) && count.getAndIncrement() > 0
                        ? AuthorizationServer.error(429, "slow_down", "too many registrations")
                        : healthy.handle(request));
    }

    private static Deviation refusesResource() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Form asked = Form.parse(request.query());
            return request.path().equals(AUTHORIZE) && !asked.get("resource").isEmpty()
                    ? refusal(asked, "invalid_target", site)
                    : healthy.handle(request);
        });
    }

    /** Lists a scope that no client may have. */
    private static Deviation refusesListedScope() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Form asked = Form.parse(request.query());
            if (request.path().equals(AUTHORIZE) && asked.get("scope").contains(UNFIT_SCOPE)) {
                return refusal(asked, "invalid_scope", site);
            }
            Response response = healthy.handle(request);
            return request.path().startsWith(ResourceMetadata.PLACE)
                    ? Response.json(
                            200, json(response).with("scopes_supported", Json.array(TokenGuard.SCOPE, UNFIT_SCOPE)))
                    : response;
        });
    }

    /** Leaves it out of the answers that carry this. */
    private static Deviation withoutIssuer(String mark) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            String location = response.headers().first("Location").orElse("");
            return location.isEmpty() || !location.contains(mark)
                    ? response
                    : response.with("Location", location.replaceAll("&?iss=[^&]*", ""));
        });
    }

    private static Deviation openRedirect() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            Form asked = Form.parse(request.query());
            return request.path().equals(AUTHORIZE)
                            && response.status() == 400
                            && !asked.get("redirect_uri").isEmpty()
                    ? refusal(asked, "invalid_request", site)
                    : response;
        });
    }

    private static Deviation withoutProofKey() {
        return Deviation.ofHttp((request, healthy, site) -> healthy.handle(
                request.path().equals(AUTHORIZE) && !request.query().contains("code_challenge=")
                        ? request.asking(request.query() + "&code_challenge=any&code_challenge_method=S256")
                        : request));
    }

    private static Deviation asksNobody() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return request.path().equals(AUTHORIZE) && request.method().equals("GET") && response.status() == 200
                    ? healthy.handle(request.posting(request.query() + "&decision=allow"))
                    : response;
        });
    }

    /** Reads the document, and knows nobody all the same. */
    private static Deviation ignoresDocuments() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return namesDocument(request) ? ConsentPage.refusal("This client is not known.") : response;
        });
    }

    private static Deviation believesDocuments() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return namesDocument(request) && response.status() == 400
                    ? ConsentPage.question("A client", Form.parse(request.query()))
                    : response;
        });
    }

    private static boolean namesDocument(Request request) {
        return request.path().equals(AUTHORIZE)
                && Form.parse(request.query()).get("client_id").startsWith("http");
    }

    /** Makes every token for another part of the same server. */
    private static Deviation otherAudience() {
        return Deviation.ofHttp((request, healthy, site) -> healthy.handle(
                request.path().equals(AUTHORIZE)
                        ? request.asking(request.query().replaceAll("resource=[^&]*", "resource=" + api(site)))
                        : request));
    }

    private static String api(Site site) {
        return "http%3A%2F%2F127.0.0.1%3A" + site.port() + "%2Fapi";
    }

    private static Deviation sameRefreshToken() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            String given = Form.parse(request.text()).get("refresh_token");
            return request.path().equals(TOKEN) && response.status() == 200 && !given.isEmpty()
                    ? Response.json(200, json(response).with("refresh_token", given))
                    : response;
        });
    }

    private static Deviation refusesTokens() {
        return Deviation.ofHttp((request, healthy, site) -> healthy.handle(withWrongToken(request)));
    }

    /** Ten minutes ahead, so that every token is over, or not yet valid. */
    private static Deviation wrongClock() {
        return Deviation.ofHttp((request, healthy, site) -> {
            boolean server = HealthySite.serves(request.path());
            ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
            return healthy.handle(withWrongToken(request))
                    .with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server ? now.plusMinutes(10) : now));
        });
    }

    private static Request withWrongToken(Request request) {
        return HealthySite.serves(request.path()) && Guard.bearer(request).isPresent()
                ? request.with("Authorization", "Bearer of-another-audience")
                : request;
    }

    private static Response refusal(Form asked, String error, Site site) {
        Form back = new Form(Map.of())
                .with("error", error)
                .with("state", asked.get("state"))
                .with("iss", "http://127.0.0.1:" + site.port());
        return Response.empty(302).with("Location", back.on(asked.get("redirect_uri")));
    }

    private static Json json(Response response) {
        return Json.parseOrMissing(new String(response.body(), StandardCharsets.UTF_8));
    }
}
