package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.authorization.OAuthProxy;
import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What goes wrong at a proxy of another authorization server. One name, {@code proxy}, whose parameter says what. */
final class ProxyDeviations {

    private static final String AUTHORIZE = "/authorize";
    private static final String STATE = "state=[^&]*";

    private static final Map<String, Supplier<Deviation>> KINDS = new TreeMap<>(Map.of(
            "asks-nobody", () -> consentsWhere((request, client) -> true),
            "one-consent-for-all",
                    () -> consentsWhere((request, client) -> cookies(request).contains(OAuthProxy.COOKIE)),
            "unsigned-cookie",
                    () -> consentsWhere(
                            (request, client) -> cookies(request).contains(OAuthProxy.COOKIE + "=" + client)),
            "open-cookie", () -> cookie(set -> set.replace("; HttpOnly; SameSite=Lax", "")),
            "plain-cookie", ProxyDeviations::plainCookie,
            "counted-state", ProxyDeviations::countedState,
            "early-state", ProxyDeviations::earlyState,
            "reused-state", ProxyDeviations::reusedState,
            "unchecked-state", ProxyDeviations::uncheckedState));

    static final Map<String, Function<Json, Deviation>> ALL = Map.of("proxy", parameter -> KINDS.get(
                    Parameter.oneOf(parameter, KINDS.keySet().toArray(String[]::new)))
            .get());

    private ProxyDeviations() {}

    /** Takes the user to have consented; the second parameter is how the cookie names the client. */
    private static Deviation consentsWhere(BiPredicate<Request, String> consented) {
        return Deviation.ofHttp((request, healthy, site) -> {
            String client = Form.parse(request.query()).get("client_id");
            String named =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(client.getBytes(StandardCharsets.UTF_8));
            boolean page = request.path().equals(AUTHORIZE) && request.method().equals("GET");
            return healthy.handle(
                    page && consented.test(request, named)
                            ? request.posting(request.query() + "&decision=allow")
                            : request);
        });
    }

    private static String cookies(Request request) {
        return request.header("Cookie").orElse("");
    }

    private static Deviation cookie(UnaryOperator<String> change) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.headers()
                    .first("Set-Cookie")
                    .map(set -> response.with("Set-Cookie", change.apply(set)))
                    .orElse(response);
        });
    }

    /** Leaves out the prefix over TLS. */
    private static Deviation plainCookie() {
        Deviation plain = cookie(set -> set.replace("__Host-", ""));
        return Deviation.ofHttp((request, healthy, site) -> plain.http(healthy, site)
                .handle(request.with(
                        "Cookie", cookies(request).replace(OAuthProxy.COOKIE, "__Host-" + OAuthProxy.COOKIE))));
    }

    private static Deviation countedState() {
        AtomicInteger count = new AtomicInteger();
        return otherState((request, real) -> "state-of-the-proxy-" + count.incrementAndGet());
    }

    /** Gives the state to the browser with the page that asks. */
    private static Deviation earlyState() {
        Deviation kept = otherState((request, real) -> cookies(request).replaceAll(".*login=([\\w-]+).*", "$1"));
        AtomicInteger count = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = kept.http(healthy, site).handle(request);
            boolean page = request.path().equals(AUTHORIZE) && response.status() == 200;
            return page
                    ? response.with(
                            "Set-Cookie", "login=" + unguessable(count.incrementAndGet()) + "; HttpOnly; SameSite=Lax")
                    : response;
        });
    }

    private static String unguessable(int number) {
        return Integer.toHexString(("preflight" + number).hashCode()).repeat(4);
    }

    /** How a state becomes another one. */
    @FunctionalInterface
    private interface Exchange {
        String instead(Request request, String real);
    }

    /** Sends another state to the third party, and knows it when it comes back. */
    private static Deviation otherState(Exchange exchange) {
        Map<String, String> real = new ConcurrentHashMap<>();
        return Deviation.ofHttp((request, healthy, site) -> {
            Form asked = Form.parse(request.query());
            String known = real.get(asked.get("state"));
            boolean back = request.path().equals(OAuthProxy.CALLBACK) && known != null;
            Response response = healthy.handle(
                    back ? request.asking(request.query().replaceAll(STATE, "state=" + known)) : request);
            String location = response.headers().first("Location").orElse("");
            if (!request.path().equals(AUTHORIZE) || !location.contains(OAuthProxy.THIRD_PARTY)) {
                return response;
            }
            String state = location.replaceAll(".*state=([^&]*).*", "$1");
            String other = exchange.instead(request, state);
            real.put(other, state);
            return response.with("Location", location.replaceAll(STATE, "state=" + other));
        });
    }

    private static Deviation reusedState() {
        Map<String, Response> answers = new ConcurrentHashMap<>();
        return Deviation.ofHttp((request, healthy, site) -> {
            if (!request.path().equals(OAuthProxy.CALLBACK)) {
                return healthy.handle(request);
            }
            Response response = healthy.handle(request);
            String state = Form.parse(request.query()).get("state");
            if (response.status() == 302) {
                answers.put(state, response);
            }
            return answers.getOrDefault(state, response);
        });
    }

    /** Sends whoever comes back to the client that asked last. */
    private static Deviation uncheckedState() {
        AtomicReference<String> last = new AtomicReference<>("");
        return Deviation.ofHttp((request, healthy, site) -> {
            if (request.path().equals(AUTHORIZE)) {
                Form asked = Form.parse(request.method().equals("GET") ? request.query() : request.text());
                last.set(asked.get("redirect_uri"));
            }
            Response response = healthy.handle(request);
            return request.path().equals(OAuthProxy.CALLBACK) && response.status() == 400
                    ? Response.empty(302).with("Location", last.get() + "?error=access_denied")
                    : response;
        });
    }
}
