package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.http.Call;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.Endpoint.Openness;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.rest.Operation.Source;
import dev.mcppreflight.server.tools.ToolOutcome;
import dev.mcppreflight.server.tools.ToolOutcome.Fault;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The REST API: each operation is a call of a tool, so that both give the same results in the same order. Its own
 * description at {@code /openapi.json} and {@code /docs} is made from the schemas of the tools.
 */
public final class RestApi {

    private static final int UNPROCESSABLE = 422;
    private static final String RETRY_SECONDS = "5";
    /** The largest file that is read, with room for what stands around it. */
    private static final int LARGEST_FORM = 21 * 1024 * 1024;

    private final ToolRegistry tools;
    private final JsonCodec json;
    private final List<Operation> operations;
    private final OpenApi description;

    /**
     * Creates the API.
     *
     * @param tools the tools that do the work
     * @param json the codec
     * @param title the title of the server for its description
     * @param version the version of the server for its description
     * @param security how callers show who they are
     */
    public RestApi(ToolRegistry tools, JsonCodec json, String title, String version, Security security) {
        this.tools = tools;
        this.json = json;
        this.operations = Operation.ALL.stream()
                .filter(o -> tools.names().contains(o.tool()))
                .toList();
        this.description = new OpenApi(operations, tools, title, version, security);
    }

    /** Returns what the HTTP side has to serve. */
    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Operation operation : operations) {
            endpoints.add(new Endpoint(
                    operation.method(),
                    operation.path(),
                    Openness.KEY,
                    operation.tool(),
                    call -> answer(operation, call)));
        }
        endpoints.add(new Endpoint("GET", "/openapi.json", Openness.PUBLIC, this::openApi));
        endpoints.add(new Endpoint("GET", "/docs", Openness.PUBLIC, this::docs));
        return endpoints;
    }

    private Answer openApi(Call call) {
        return Answer.json(200, json.write(description.of(call.publicUrl())));
    }

    private Answer docs(Call call) {
        return DocsPage.of(description.of(call.publicUrl()), json);
    }

    private Answer answer(Operation operation, Call call) throws IOException {
        Map<String, Object> arguments;
        switch (operation.source()) {
            case BODY, UPLOAD -> {
                if (operation.source() == Source.UPLOAD && call.hasForm()) {
                    arguments = Forms.arguments(tool(operation), call.form(LARGEST_FORM));
                    break;
                }
                Object body;
                try {
                    body = json.parse(call.body());
                } catch (IllegalArgumentException e) {
                    return problem(400, "The body is not JSON.", "invalid_json");
                }
                if (!(body instanceof Map<?, ?> members)) {
                    return invalid(operation, List.of(new Fault("", "must be an object")));
                }
                arguments = new LinkedHashMap<>();
                members.forEach((name, value) -> arguments.put((String) name, value));
            }
            case QUERY -> arguments = typed(operation, call.query());
            default -> arguments = Map.of(Schemas.onlyRequired(tool(operation)), call.lastSegment());
        }
        return answer(operation, tools.call(operation.tool(), arguments));
    }

    private Answer answer(Operation operation, ToolOutcome outcome) {
        if (outcome instanceof ToolOutcome.Failure failure) {
            return failure(operation, failure);
        }
        Map<String, Object> result = json.toObject(((ToolOutcome.Success) outcome).result());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", true);
        if (operation.isWrapped()) {
            body.put("data", result);
        } else {
            body.putAll(result);
        }
        return Answer.json(200, json.write(body));
    }

    private Answer failure(Operation operation, ToolOutcome.Failure failure) {
        return switch (failure.code()) {
            case "invalid_arguments" ->
                invalid(
                        operation,
                        failure.faults().isEmpty() ? List.of(new Fault("", failure.message())) : failure.faults());
            case "invalid_cursor" -> invalid(operation, List.of(new Fault("cursor", "is unknown")));
            case "database_unavailable", "embeddings_unavailable", "not_configured" ->
                problem(503, failure.message(), failure.code()).with("Retry-After", RETRY_SECONDS);
            case "rate_limited" ->
                problem(429, failure.message() + " " + failure.hint(), failure.code())
                        .with("Retry-After", failure.hint().replaceAll("\\D+", ""));
            case "internal_error" -> problem(500, failure.message(), failure.code());
            case "too_large" -> problem(413, failure.message(), failure.code());
            case "already_exists" -> problem(409, failure.message(), failure.code());
            case "unsupported_format" -> problem(415, failure.message(), failure.code());
            case "access_denied" -> problem(403, failure.message(), failure.code());
            default ->
                failure.code().endsWith("not_found")
                        ? problem(404, failure.message(), failure.code())
                        : problem(UNPROCESSABLE, failure.message(), failure.code());
        };
    }

    private Answer invalid(Operation operation, List<Fault> faults) {
        String place = operation.hasBody() ? "body" : operation.source().name().toLowerCase(Locale.ROOT);
        List<InvalidField> fields = faults.stream()
                .map(fault -> new InvalidField(
                        fault.argument().isEmpty() ? List.of(place) : List.of(place, fault.argument()),
                        fault.problem()))
                .toList();
        return Answer.json(UNPROCESSABLE, json.write(new Invalid(fields, "invalid_arguments")));
    }

    private Answer problem(int status, String detail, String code) {
        return Answer.json(status, json.write(new Problem(detail, code)));
    }

    /** Reads numbers where the schema wants numbers; what is none stays text, and is refused as such. */
    private Map<String, Object> typed(Operation operation, Map<String, String> query) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        query.forEach((name, value) ->
                arguments.put(name, "integer".equals(Schemas.typeOf(tool(operation), name)) ? number(value) : value));
        return arguments;
    }

    private static Object number(String text) {
        return text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    private Tool tool(Operation operation) {
        return tools.description(operation.tool()).orElseThrow();
    }

    private record Problem(String detail, String code) {}

    private record Invalid(List<InvalidField> detail, String code) {}

    private record InvalidField(List<String> loc, String msg) {}
}
