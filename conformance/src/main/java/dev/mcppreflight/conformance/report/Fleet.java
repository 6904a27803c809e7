package dev.mcppreflight.conformance.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many targets and what became of each, in the order in which they were named.
 *
 * @param version of this tool
 * @param startedAt when the first check began
 * @param durationMillis how long all of it took
 * @param members the targets
 */
public record Fleet(String version, Instant startedAt, long durationMillis, List<Member> members) {

    /** The word for a target that there was no time for. */
    public static final String NOT_CHECKED = "not-checked";

    /** The word for a target that this tool could not judge. */
    public static final String ERROR = "error";

    /** Copies the list. */
    public Fleet {
        members = List.copyOf(members);
    }

    /**
     * A target.
     *
     * @param name what it is called in the list
     * @param address its address or command, without secrets
     * @param report what was found, without exchanges; nothing where there is no report
     * @param problem why there is no report; empty where there is one, and where there was no time
     * @param page where its own page stands, seen from the page of all; empty where there is none
     */
    public record Member(String name, String address, Optional<Report> report, String problem, String page) {

        /** A target that there was no time for. */
        public static Member notChecked(String name, String address) {
            return new Member(name, address, Optional.empty(), "", "");
        }

        /** Its verdict, or {@link #NOT_CHECKED}, or {@link #ERROR}. */
        public String state() {
            return report.map(found -> found.verdict().word()).orElse(problem.isEmpty() ? NOT_CHECKED : ERROR);
        }

        /** Its root cause, or else the first check that failed, or else the problem; empty where nothing is wrong. */
        String headline(Words words) {
            return report.map(found -> found.causes().stream()
                            .findFirst()
                            .map(root -> root.cause().id() + " "
                                    + words.cause(root.cause()).title())
                            .or(() -> found.unexplained().stream()
                                    .findFirst()
                                    .map(result -> result.check().id() + " "
                                            + result.check().name()))
                            .orElse(""))
                    .orElse(problem);
        }

        Page.Style style() {
            return switch (state()) {
                case "ready" -> Page.Style.GOOD;
                case "not-ready" -> Page.Style.BAD;
                case NOT_CHECKED -> Page.Style.DIM;
                default -> Page.Style.DUBIOUS;
            };
        }

        String mark() {
            return switch (state()) {
                case "ready" -> "✓";
                case "not-ready" -> "✗";
                case NOT_CHECKED -> "-";
                case ERROR -> "?";
                default -> "!";
            };
        }
    }

    /** How many targets are in each state; every state is there. */
    public Map<String, Integer> totals() {
        Map<String, Integer> totals = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            totals.put(verdict.word(), 0);
        }
        totals.put(ERROR, 0);
        totals.put(NOT_CHECKED, 0);
        members.forEach(member -> totals.merge(member.state(), 1, Integer::sum));
        return totals;
    }

    /** The gravest state that any target is in. */
    String worst() {
        Map<String, Integer> totals = totals();
        return List.of("not-ready", ERROR, NOT_CHECKED, "ready-with-warnings").stream()
                .filter(state -> totals.get(state) > 0)
                .findFirst()
                .orElse("ready");
    }

    /** Such as 4 targets in 3.2 s: 3 ready, 1 not ready. */
    String summary(Words words) {
        StringBuilder states = new StringBuilder();
        totals().forEach((state, count) -> {
            if (count > 0) {
                states.append(states.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(words.state(state));
            }
        });
        return words.say(
                "summary.counts", words.counted(members.size(), "targets"), words.seconds(durationMillis), states);
    }
}
