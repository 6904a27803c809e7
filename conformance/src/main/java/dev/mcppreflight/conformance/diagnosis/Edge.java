package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Edge.Kind.FIREWALL;
import static dev.mcppreflight.conformance.diagnosis.Edge.Kind.LOGIN;
import static dev.mcppreflight.conformance.diagnosis.Edge.Kind.NOBODY;
import static dev.mcppreflight.conformance.diagnosis.Edge.Kind.PATH;
import static dev.mcppreflight.conformance.diagnosis.Edge.Kind.UPSTREAM;

import dev.mcppreflight.conformance.wire.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tunnels, proxies, platforms and content networks, by the marks that they leave on answers that they give themselves, in
 * place of the server. A status is put down to the server only where none of these marks is found.
 */
final class Edge {

    /** What an edge says of the server behind it. */
    public enum Kind {
        /** The tunnel or the application is not there, or switched off. */
        NOBODY,
        /** The application is there and does not answer. */
        UPSTREAM,
        /** Strangers have to sign in, or to prove that they are people. */
        LOGIN,
        /** This request is not let through. */
        FIREWALL,
        /** Nothing is routed at this path. */
        PATH
    }

    /**
     * One way in which an edge speaks for itself.
     *
     * @param statuses a pattern for the status
     * @param headers patterns for whole header lines, all of which have to be there
     * @param body a pattern that is found in the body; null for any
     */
    private record Mark(String vendor, Kind kind, Pattern statuses, List<Pattern> headers, Pattern body) {

        Mark saying(String pattern) {
            int flags = Pattern.CASE_INSENSITIVE | Pattern.MULTILINE;
            return new Mark(vendor, kind, statuses, headers, Pattern.compile(pattern, flags));
        }

        boolean isOn(Exchange exchange) {
            return statuses.matcher(String.valueOf(exchange.status())).matches()
                    && headers.stream().allMatch(wanted -> exchange.headers().stream()
                            .anyMatch(header -> wanted.matcher(header.name() + ": " + header.value())
                                    .find()))
                    && (body == null || body.matcher(exchange.body()).find());
        }
    }

    private static final String CLOUDFLARE = "^(cf-ray: |server: cloudflare)";

    /** The first that fits counts, so that special ones stand before general ones. */
    private static final List<Mark> MARKS = List.of(
            // -- tunnels
            mark("ngrok", NOBODY, "404|5..", "^ngrok-error-code: ERR_NGROK_3(?!004)"),
            mark("ngrok", UPSTREAM, "502|504", "^ngrok-error-code: ERR_NGROK_(8\\d|3004)"),
            mark("ngrok", UPSTREAM, "[45]..", "^ngrok-error-code: ERR_NGROK_"),
            mark("localtunnel", NOBODY, "404|503|504").saying("503 - Tunnel Unavailable|localtunnel\\.github\\.io"),
            mark("localtunnel", LOGIN, "401|403|511").saying("bypass-tunnel-reminder|Tunnel Password|loca\\.lt"),
            mark("a dev tunnel", LOGIN, "2..|4..", "^x-tunnel-|^x-ms-devtunnel").saying("<html"),
            mark("GitHub Codespaces", LOGIN, "401", "^www-authenticate: tunnel"),

            // -- Cloudflare
            mark("Cloudflare", LOGIN, "403|503", "^cf-mitigated: challenge"),
            mark("Cloudflare Access", LOGIN, "401|403", "^www-authenticate: cloudflare-access"),
            mark("Cloudflare Access", LOGIN, "401|403", "^cf-access-"),
            mark("Cloudflare", FIREWALL, "403|429|503", CLOUDFLARE)
                    .saying("you have been blocked|error code: 10[0-2]\\d|attention required"),
            mark("Cloudflare", NOBODY, "530|502", CLOUDFLARE).saying("error code: 1033|1016"),
            mark("Cloudflare", UPSTREAM, "52\\d|530", "."),

            // -- platforms
            mark("Heroku", NOBODY, "404").saying("no-such-app|herokucdn\\.com/error-pages/no-such-app"),
            mark("Heroku", UPSTREAM, "503", "heroku-router|^server: (heroku|cowboy)|vegur"),
            mark("Heroku", UPSTREAM, "503").saying("herokucdn\\.com/error-pages"),
            mark("Render", NOBODY, "404|503", "^x-render-routing: (no-|suspend|not-found|disabled)"),
            mark("Render", UPSTREAM, "5..", "^x-render-routing: "),
            mark("Railway", NOBODY, "404", "^x-railway-fallback: true"),
            mark("Railway", UPSTREAM, "50[234]", "^x-railway-|^server: railway"),
            mark("Vercel", NOBODY, "4..|5..", "^x-vercel-error: DEPLOYMENT_"),
            mark("Vercel", UPSTREAM, "5..", "^x-vercel-error: (FUNCTION|NO_RESPONSE|ROUTER|EDGE|MIDDLEWARE|INTERNAL)"),
            mark("Vercel", PATH, "404", "^x-vercel-error: "),
            mark("Vercel", LOGIN, "401|403|429", "^x-vercel-mitigated: challenge"),
            mark("Vercel", FIREWALL, "403|429", "^x-vercel-mitigated: deny"),
            mark("Vercel", LOGIN, "401|30.", "^(set-cookie: _vercel_sso_nonce|location: https://vercel\\.com/sso)"),
            mark("Vercel", LOGIN, "401", "^server: vercel", "^content-type: text/html"),
            mark("Netlify", NOBODY, "404", "^server: netlify").saying("^not found - request id"),
            mark("Netlify", LOGIN, "401", "^server: netlify").saying("password"),
            mark("Fly.io", UPSTREAM, "50[234]", "^(server: fly|fly-request-id: )"),
            mark("Azure", NOBODY, "403|404").saying("web app is stopped|site disabled|404 web site not found"),
            mark("Azure", NOBODY, "404").saying("container app (is stopped|- unavailable)"),
            mark("Azure Front Door", UPSTREAM, "404|50.", "^x-azure-ref: ").saying("our services aren't available"),
            mark("Azure Application Gateway", FIREWALL, "403").saying("microsoft-azure-application-gateway"),
            mark("Google Cloud", LOGIN, "401|403").saying("your client does not have permission to get url"),
            mark("Google Identity-Aware Proxy", LOGIN, "30.|4..", "^x-goog-iap-generated-response: true"),

            // -- Amazon
            mark("API Gateway", PATH, "403", "^x-amzn-errortype: MissingAuthenticationToken"),
            mark("API Gateway", PATH, "403").saying("\"message\" *: *\"Missing Authentication Token\""),
            mark("API Gateway", FIREWALL, "403", "^x-amzn-errortype: (Forbidden|WafFiltered)Exception"),
            mark(
                    "AWS",
                    LOGIN,
                    "403",
                    "^x-amzn-errortype: (AccessDenied|IncompleteSignature|InvalidSignature)Exception"),
            mark("API Gateway", UPSTREAM, "50[0234]", "^(x-amzn-errortype|apigw-requestid|x-amz-apigw-id): ")
                    .saying("endpoint request timed out|internal server error|service unavailable"),
            mark("CloudFront", UPSTREAM, "50[234]", "^x-cache: (error|lambda\\w+) from cloudfront"),
            mark("CloudFront", FIREWALL, "403", "^x-cache: error from cloudfront")
                    .saying("request blocked|bad request"),
            mark("Elastic Load Balancing", FIREWALL, "403", "^server: awselb"),
            mark("Elastic Load Balancing", PATH, "404", "^server: awselb"),
            mark("Elastic Load Balancing", UPSTREAM, "46\\d|50[234]|561", "^server: awselb"),

            // -- firewalls
            mark("Imperva", FIREWALL, "2..|4..", "^(x-iinfo|x-cdn: (imperva|incapsula))")
                    .saying("incident id|<html"),
            mark("Akamai", FIREWALL, "403").saying("errors\\.edgesuite\\.net|<h1>access denied</h1>[\\s\\S]*reference"),
            mark("Sucuri", FIREWALL, "403").saying("sucuri (website )?firewall"),
            mark("ModSecurity", FIREWALL, "403|406").saying("mod_security|modsecurity"),
            mark("F5", FIREWALL, "200|403").saying("the requested url was rejected\\. please consult"),
            mark("Fastly", UPSTREAM, "50[03]").saying("varnish cache server|fastly error"),
            mark("a check for robots", LOGIN, "403|429|503")
                    .saying("g-recaptcha|h-captcha|cf-turnstile|(verify|confirm|prove)( that)? you are( a)? human"),

            // -- proxies
            mark("Traefik", UPSTREAM, "50[234]").saying("^(bad gateway|gateway timeout|service unavailable)$"),
            mark("Envoy", UPSTREAM, "50[34]", "^server: (envoy|istio-envoy)")
                    .saying("upstream connect error|no healthy upstream|upstream request timeout"),
            mark("Apache", UPSTREAM, "50[023]")
                    .saying("proxy server received an invalid|error reading from remote server"),
            mark("IIS", UPSTREAM, "50[023]").saying("HTTP Error 50[023]\\.\\d+|ancm|asp\\.net core module"),
            mark("nginx", UPSTREAM, "50[234]").saying("<center>(nginx|openresty)"),
            mark("a gateway", UPSTREAM, "50[234]", "."));

    private Edge() {}

    /** Whether an edge answered at the address of the target in place of the server. */
    static boolean speaks(Case it) {
        return it.knock().whose(exchange -> mark(exchange).isPresent()).any();
    }

    /** The answers at the address of the target that an edge of this kind gave. */
    static Exchanges says(Case it, Kind kind) {
        return it.knock().whose(exchange -> is(kind, exchange));
    }

    /** Whether an edge gave this answer, of this kind. */
    static boolean is(Kind kind, Exchange exchange) {
        return mark(exchange).filter(mark -> mark.kind() == kind).isPresent();
    }

    /** Whether any edge gave this answer itself. */
    static boolean gave(Exchange exchange) {
        return mark(exchange).isPresent();
    }

    /** Who gave the answer, where that is known and was not the server. */
    static Optional<String> vendor(Exchange exchange) {
        return mark(exchange).map(Mark::vendor).filter(vendor -> !vendor.equals("a gateway"));
    }

    /** What answers by a message of JSON-RPC, or in a stream of events, is the server, whoever has added headers. */
    private static Optional<Mark> mark(Exchange exchange) {
        boolean message = Facts.isResponse(Facts.answer(exchange))
                && Facts.answer(exchange).get("jsonrpc").isPresent();
        return exchange.status() == 0 || message || exchange.isStream()
                ? Optional.empty()
                : MARKS.stream().filter(mark -> mark.isOn(exchange)).findFirst();
    }

    private static Mark mark(String vendor, Kind kind, String statuses, String... headers) {
        return new Mark(
                vendor,
                kind,
                Pattern.compile(statuses),
                Arrays.stream(headers)
                        .map(header -> Pattern.compile(header, Pattern.CASE_INSENSITIVE))
                        .toList(),
                null);
    }
}
