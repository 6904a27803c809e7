package dev.mcppreflight.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether this server can do its work now: {@code /health/ready}. */
final class Readiness {

    private static final long PATIENCE_SECONDS = 3;

    private final Logger log = LoggerFactory.getLogger(Readiness.class);
    private final List<Component> components;
    private final JsonCodec json;

    Readiness(List<Component> components, JsonCodec json) {
        this.components = List.copyOf(components);
        this.json = json;
    }

    /** Asks all components at the same time; one that hangs counts as down. */
    Answer answer() {
        List<CompletableFuture<State>> asked = new ArrayList<>();
        for (Component component : components) {
            long start = System.nanoTime();
            asked.add(CompletableFuture.supplyAsync(component.probe())
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .handle((health, failure) -> state(component, health, failure, start)));
        }
        List<State> states = asked.stream().map(CompletableFuture::join).toList();
        boolean ready = states.stream()
                .noneMatch(state -> state.required() && state.state().equals("down"));
        return Answer.json(ready ? 200 : 503, json.write(new Report(ready ? "ready" : "not-ready", states)))
                .with("Cache-Control", "no-store");
    }

    /** Why a component does not answer stands in the log: the caller may be anybody. */
    private State state(Component component, Component.Health health, Throwable failure, long start) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause != null) {
            log.warn("{} is down: {}", component.name(), cause.toString());
        }
        return new State(
                component.name(),
                failure == null ? "ok" : "down",
                component.required(),
                health == null ? null : health.kind(),
                health != null
                        ? health.note()
                        : cause instanceof Component.Incomplete incomplete ? incomplete.getMessage() : null,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private record Report(String status, List<State> components) {}

    private record State(
            String name,
            String state,
            boolean required,
            @JsonInclude(JsonInclude.Include.NON_NULL) String kind,
            @JsonInclude(JsonInclude.Include.NON_NULL) String note,
            long latencyMs) {}
}
