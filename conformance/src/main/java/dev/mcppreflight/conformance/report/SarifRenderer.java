package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report as SARIF 2.1.0 (OASIS), for code scanning: each cause and each finding is a result, with the exchange that
 * decided as its web request and response. What the baseline accepts is suppressed.
 */
public final class SarifRenderer {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final int LONGEST_TEXT = 2_048;
    private static final String UNRESERVED = "-._~:/?#@!$&'()*+,;=%";

    private final Catalogue catalogue = new Catalogue();

    /** The report as SARIF text, ending with a line break. */
    public String render(Report report) {
        Json json = Json.object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run(report)));
        return Printable.json(json.pretty()) + "\n";
    }

    private Json run(Report report) {
        List<Json> rules = new ArrayList<>();
        List<Json> results = new ArrayList<>();
        for (CauseFinding found : report.causes()) {
            rules.add(rule(found.cause()));
            results.add(result(report, found));
        }
        for (CheckResult check : report.checks()) {
            if (check.isFinding()) {
                rules.add(rule(check));
                results.add(result(report, check));
            }
        }
        Json driver = Json.object("name", "preflight", "semanticVersion", report.version(), "rules", rules);
        return Json.object(
                "tool",
                Json.object("driver", driver),
                "invocations",
                List.of(invocation(report)),
                "results",
                results,
                "columnKind",
                "utf16CodeUnits",
                "properties",
                Json.object("verdict", report.verdict().word(), "transport", report.transport()));
    }

    /** An error of ours is one of the tool, never one of the target. */
    private static Json invocation(Report report) {
        List<Json> notifications = report.checks().stream()
                .filter(result -> result.outcome() == Outcome.HARNESS_ERROR)
                .map(result -> Json.object(
                        "level",
                        "error",
                        "message",
                        message(result.check().id() + ": " + result.reason()),
                        "descriptor",
                        Json.object("id", result.check().id())))
                .toList();
        return Json.object(
                "executionSuccessful",
                notifications.isEmpty(),
                "startTimeUtc",
                report.startedAt().toString(),
                "endTimeUtc",
                report.startedAt().plusMillis(report.durationMillis()).toString(),
                "toolExecutionNotifications",
                notifications);
    }

    private static Json rule(Cause cause) {
        return withPlace(
                Json.object(
                        "id",
                        cause.id(),
                        "shortDescription",
                        message(cause.title()),
                        "fullDescription",
                        message(cause.because()),
                        "help",
                        message(cause.fix()),
                        "defaultConfiguration",
                        Json.object("level", level(cause.severity())),
                        "properties",
                        Json.object(
                                "tags", List.of("mcp", "cause", cause.stage().word()))),
                cause.sources().stream()
                        .map(Page::link)
                        .filter(source -> source.startsWith("https://"))
                        .findFirst()
                        .orElse(""));
    }

    private Json rule(CheckResult result) {
        String says = catalogue
                .requirement(result.check().id())
                .map(Requirement::says)
                .orElse(result.check().name());
        Json rule = Json.object(
                "id",
                result.check().id(),
                "shortDescription",
                message(result.check().name()),
                "fullDescription",
                message(says),
                "defaultConfiguration",
                Json.object("level", level(result)),
                "properties",
                Json.object(
                        "tags",
                        List.of(
                                "mcp",
                                result.check().level().word(),
                                result.check().stage().word())));
        return withPlace(result.fix().isEmpty() ? rule : rule.with("help", message(result.fix())), result.source());
    }

    private static Json withPlace(Json rule, String source) {
        return source.startsWith("https://") ? rule.with("helpUri", uri(source)) : rule;
    }

    private static Json result(Report report, CauseFinding found) {
        Cause cause = found.cause();
        String text = cause.title() + ". " + cause.because() + " Evidence: " + String.join("; ", found.evidence())
                + ". Fix: " + cause.fix();
        return located(report, cause.id(), level(cause.severity()), text);
    }

    private static Json result(Report report, CheckResult check) {
        String text = check.check().name() + ": expected " + check.expected() + ", observed " + check.observed()
                + (check.fix().isEmpty() ? "" : ". Fix: " + check.fix());
        Json result = located(report, check.check().id(), level(check), text);
        if (check.exchanges().isEmpty()) {
            return result;
        }
        Exchange last = check.exchanges().get(check.exchanges().size() - 1);
        return last.isStdio()
                ? result
                : result.with("webRequest", request(last)).with("webResponse", response(last));
    }

    private static Json located(Report report, String id, String level, String text) {
        Json location = Json.object(
                "physicalLocation",
                Json.object(
                        "artifactLocation",
                        Json.object("uri", place(report.address())),
                        "region",
                        Json.object("startLine", 1)),
                "logicalLocations",
                List.of(Json.object("fullyQualifiedName", report.address(), "kind", "resource")));
        Json result = Json.object(
                "ruleId",
                id,
                "level",
                level,
                "message",
                message(text),
                "locations",
                List.of(location),
                "partialFingerprints",
                Json.object("preflight/v1", id + " " + uri(report.address())));
        if (!report.baseline().given()) {
            return result;
        }
        return report.baseline().accepts(id)
                ? result.with("baselineState", "unchanged")
                        .with("suppressions", List.of(Json.object("kind", "external", "status", "accepted")))
                : result.with("baselineState", "new");
    }

    private static Json request(Exchange exchange) {
        Json request = Json.object(
                "target",
                uri(exchange.url()),
                "method",
                exchange.method(),
                "headers",
                headers(exchange.requestHeaders()));
        return exchange.requestBody().isEmpty()
                ? request
                : request.with("body", Json.object("text", cut(exchange.requestBody())));
    }

    private static Json response(Exchange exchange) {
        if (exchange.status() == 0) {
            return Json.object("noResponseReceived", true);
        }
        Json response = Json.object("statusCode", exchange.status(), "headers", headers(exchange.headers()));
        String body = exchange.body().isEmpty() && exchange.answer() != null ? exchange.answer() : exchange.body();
        return body.isEmpty() ? response : response.with("body", Json.object("text", cut(body)));
    }

    /** A header that came twice stands once, with both values (RFC 9110 section 5.3). */
    private static Json headers(List<Header> headers) {
        Map<String, Object> joined = new LinkedHashMap<>();
        headers.forEach(
                header -> joined.merge(header.name(), cut(header.value()), (first, second) -> first + ", " + second));
        return Json.of(joined);
    }

    private static String level(Cause.Severity severity) {
        return switch (severity) {
            case BLOCKER, MAJOR -> "error";
            case MINOR -> "warning";
            case INFO -> "note";
        };
    }

    private static String level(CheckResult result) {
        return result.outcome() == Outcome.FAILED ? "error" : "warning";
    }

    private static Json message(String text) {
        return Json.object("text", Printable.line(text, LONGEST_TEXT));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : Printable.line(text, LONGEST_TEXT);
    }

    /**
     * The address as a path that looks relative to a repository: GitHub's code scanning refuses a whole file in which one place
     * has a scheme other than that of the checkout (github/codeql-action issue 754).
     */
    private static String place(String address) {
        return uri(address.replaceFirst("^https?:/*|^/+", "")).replace(":", "%3A");
    }

    /** A command, or an address with brackets where a secret was, as a reference that is one by RFC 3986. */
    private static String uri(String text) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c < 0x7F && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return uri.toString();
    }
}
