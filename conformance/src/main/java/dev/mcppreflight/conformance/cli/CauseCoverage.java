package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Visibility;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.fault.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which of the known causes are detected, by what, and which fault proves it. Made from the rules and the faults themselves. */
final class CauseCoverage {

    /**
     * One cause.
     *
     * @param visible from where it can be seen
     * @param found how it is told: {@code named} as the cause, {@code advised}, or neither
     * @param proofs the faults that prove it, or those that lead to the advice
     */
    record Row(String id, Visibility visible, Set<String> found, List<String> proofs, String title) {

        /** Whether it is told, and a fault proves that. */
        boolean isDetected() {
            return !found.isEmpty() && !proofs.isEmpty();
        }
    }

    private final List<Row> rows = new ArrayList<>();

    CauseCoverage() {
        Catalogue catalogue = new Catalogue();
        Set<String> named = new HashSet<>(Diagnostician.findable());
        Set<String> advised = new HashSet<>(Diagnostician.advisable());
        Map<String, List<String>> proofs = new TreeMap<>();
        for (Fault fault : Fault.all()) {
            fault.cause().ifPresent(cause -> proofs.computeIfAbsent(cause, key -> new ArrayList<>())
                    .add(fault.id()));
            fault.advice().forEach(cause -> proofs.computeIfAbsent(cause, key -> new ArrayList<>())
                    .add(fault.id()));
        }
        catalogue.causes().values().forEach(cause -> {
            Set<String> found = new java.util.TreeSet<>();
            if (named.contains(cause.id())) {
                found.add("named");
            }
            if (advised.contains(cause.id())) {
                found.add("advised");
            }
            rows.add(new Row(
                    cause.id(),
                    catalogue.visibility(cause.id()).orElseThrow(),
                    found,
                    proofs.getOrDefault(cause.id(), List.of()),
                    cause.title()));
        });
    }

    List<Row> rows() {
        return rows;
    }

    List<Row> observable() {
        return rows.stream().filter(row -> row.visible().isObservable()).toList();
    }

    long detected() {
        return observable().stream().filter(Row::isDetected).count();
    }

    Table table() {
        Table table = new Table("id", "visible", "detected", "proven by", "title");
        for (Row row : rows) {
            String reason = row.visible().undetected();
            table.row(
                    row.id(),
                    row.visible().from(),
                    row.isDetected() || !row.visible().isObservable() ? String.join(", ", row.found()) : "no",
                    String.join(" ", row.proofs()),
                    row.isDetected() || reason.isEmpty() ? row.title() : row.title() + ": " + reason);
        }
        return table;
    }

    /** One line with the figures. */
    String summary() {
        int observable = observable().size();
        return String.format(
                Locale.ROOT,
                "%d causes; %d can be observed from outside, on this machine or with a call; %d of these are detected (%.1f %%), %d are not",
                rows.size(),
                observable,
                detected(),
                100.0 * detected() / observable,
                observable - detected());
    }
}
