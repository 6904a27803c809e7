package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How long each fault takes to its verdict, the slowest first. Not a test: time depends on the machine. Its {@code main} runs
 * on the test class path in the folder of this module; the ids of faults as arguments choose among them.
 */
final class FaultBench {

    private FaultBench() {}

    private record Line(Fault fault, long millis, List<String> first, List<String> others, Set<String> missed) {

        @Override
        public String toString() {
            String expected = fault.cause().orElse("-");
            boolean right = fault.cause().isEmpty() || first.contains(expected);
            return String.format(
                    Locale.ROOT,
                    "%6d ms  %-4s %-24s wanted %-10s first %s %s %s",
                    millis,
                    right && missed.isEmpty() ? "ok" : "BAD",
                    fault.id(),
                    expected,
                    first,
                    others,
                    missed.isEmpty() ? "" : "not failed: " + missed);
        }
    }

    public static void main(String[] arguments) throws Exception {
        FaultRun run = new FaultRun(Duration.ofSeconds(10), Duration.ofSeconds(10));
        List<String> wanted = Arrays.asList(arguments);
        List<Line> lines = new ArrayList<>();
        run.play(Fault.load("healthy-streamable"));
        for (Fault fault : Fault.all()) {
            if (wanted.isEmpty() ? !fault.isHealthy() : wanted.stream().anyMatch(fault.id()::matches)) {
                Line line = line(run, fault);
                lines.add(line);
                if (!wanted.isEmpty()) {
                    System.out.println(line);
                }
            }
        }
        if (wanted.isEmpty()) {
            lines.stream()
                    .sorted(Comparator.comparingLong(line -> -line.millis()))
                    .forEach(System.out::println);
        }
        System.exit(0);
    }

    private static Line line(FaultRun run, Fault fault) throws Exception {
        long start = System.nanoTime();
        List<Report> reports = run.play(fault);
        long millis = (System.nanoTime() - start) / 1_000_000 / reports.size();
        Set<String> missed = new TreeSet<>(fault.fails());
        reports.stream()
                .flatMap(report -> report.checks().stream())
                .filter(CheckResult::isFinding)
                .forEach(result -> missed.remove(result.check().id()));
        Set<String> advised = reports.stream()
                .flatMap(report -> report.advice().stream())
                .map(advice -> advice.id())
                .collect(Collectors.toSet());
        fault.advice().stream().filter(id -> !advised.contains(id)).forEach(missed::add);
        return new Line(
                fault,
                millis,
                reports.stream()
                        .map(report -> report.causes().stream()
                                .map(found -> found.cause().id())
                                .findFirst()
                                .orElse(""))
                        .toList(),
                reports.stream()
                        .flatMap(report -> report.causes().stream().skip(1))
                        .map(FaultBench::named)
                        .distinct()
                        .toList(),
                missed);
    }

    private static String named(CauseFinding found) {
        return found.cause().id() + "/" + found.cause().severity().word() + found.evidence();
    }
}
