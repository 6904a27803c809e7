package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.Site;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A canned answer to some requests, in place of what the healthy server would say. A fault gives one, or a list of
 * which the first that fits is taken. In headers and body {@code {port}} and {@code {id}} (of the JSON-RPC request)
 * are filled in; {@code outcome} may be {@code silence}, {@code hang-up} or {@code death} in place of an answer, and {@code times} says how
 * often it is given before the healthy server answers; always where it is absent.
 */
final class Reply {

    private final Condition condition;
    private final Json parameter;
    private final AtomicInteger left;

    private Reply(Json parameter) {
        Parameter.only(parameter, Set.of("when", "status", "headers", "body", "outcome", "times"));
        if (parameter.get("outcome").isPresent()) {
            Parameter.oneOf(parameter.get("outcome"), "silence", "hang-up", "death");
        } else {
            Parameter.number(parameter.get("status"));
        }
        this.condition = Condition.of(parameter.get("when"));
        this.parameter = parameter;
        this.left = new AtomicInteger((int) parameter.get("times").number(Integer.MAX_VALUE));
    }

    static Deviation deviation(Json parameter) {
        List<Reply> replies = (parameter.isArray() ? parameter.items() : List.of(parameter))
                .stream().map(Reply::new).toList();
        return Deviation.ofHttp((request, healthy, site) -> replies.stream()
                .filter(reply -> reply.condition.holds(request) && reply.left.getAndDecrement() > 0)
                .findFirst()
                .map(reply -> reply.response(request, site))
                .orElseGet(() -> healthy.handle(request)));
    }

    private Response response(Request request, Site site) {
        switch (parameter.get("outcome").text()) {
            case "silence":
                throw Mishap.silence();
            case "hang-up":
                throw Mishap.hangUp();
            case "death":
                throw Mishap.death();
            default:
                break;
        }
        String body = filled(parameter.get("body").text(), request, site);
        String type = body.startsWith("<") ? "text/html; charset=utf-8" : "application/json";
        int status = (int) parameter.get("status").number(200);
        Response response = body.isEmpty() ? Response.empty(status) : Response.text(status, type, body);
        Json headers = parameter.get("headers");
        for (String name : headers.names()) {
            response = response.with(name, filled(headers.get(name).text(), request, site));
        }
        return response;
    }

    private static String filled(String template, Request request, Site site) {
        String id = request.json().get("id").toString();
        return template.replace("{port}", String.valueOf(site.port())).replace("{id}", id.isEmpty() ? "null" : id);
    }
}
