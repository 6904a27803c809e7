package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.diagnosis.Overheard;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Printable;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a server makes of recorded attempts.
 *
 * @param report the judgement about it, an attempt whose answers differ from the recorded ones being a failed check
 * @param differences one line for each answer that differs
 */
public record Replays(Report report, List<String> differences) {

    /** Copies the list. */
    public Replays {
        differences = List.copyOf(differences);
    }

    /**
     * Plays all attempts of a recording, one after the other.
     *
     * @param target the server, with the credentials that the recording does not hold
     * @param callsAll whether to call tools too that do not declare to read only
     * @param lines is given a line for each request
     */
    public static Replays of(SessionFile session, Target target, boolean callsAll, Consumer<String> lines) {
        Instant startedAt = Instant.now();
        Redactor redactor = new Redactor(target.secrets());
        List<Watched.Visit> visits = new ArrayList<>();
        List<List<String>> differences = new ArrayList<>();
        for (Json recorded : session.visits()) {
            try (Replay replay = new Replay(
                    recorded, target, callsAll, line -> lines.accept(Printable.line(redactor.text(line), 200)))) {
                replay.play();
                visits.add(visit(recorded, replay));
                differences.add(replay.played().stream()
                        .filter(Replay.Played::differs)
                        .map(played -> Printable.line(redactor.text(played.line()), 200))
                        .toList());
            }
        }
        Report report = VisitReport.of(visits, redactor.text(target.address()), startedAt);
        List<CheckResult> checks = new ArrayList<>();
        for (int i = 0; i < visits.size(); i++) {
            checks.add(compared(report.checks().get(i), differences.get(i)));
        }
        return new Replays(
                report.with(checks), differences.stream().flatMap(List::stream).toList());
    }

    private static Watched.Visit visit(Json recorded, Replay replay) {
        Json client = recorded.get("client");
        Recognition who =
                new Recognition(texts(client.get("names")), client.get("title").text(), texts(client.get("signs")));
        return new Watched.Visit(
                (int) recorded.get("number").number(0), who, Overheard.of(replay.exchanges()), List.of());
    }

    private static List<String> texts(Json array) {
        return array.items().stream().map(Json::text).toList();
    }

    /** As recorded is right, whatever it is; the causes stand beside it. */
    private static CheckResult compared(CheckResult result, List<String> differences) {
        boolean same = differences.isEmpty();
        return new CheckResult(
                result.check(),
                same ? Outcome.PASSED : Outcome.FAILED,
                "",
                same ? "" : "the answers that were recorded",
                same ? "" : String.join("; ", differences.subList(0, Math.min(3, differences.size()))),
                same ? "" : result.because(),
                same ? "" : result.fix(),
                same ? "" : result.source(),
                same ? "" : result.cause(),
                result.exchanges(),
                result.durationMillis());
    }
}
