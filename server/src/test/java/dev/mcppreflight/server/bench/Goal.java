package dev.mcppreflight.server.bench;

import java.util.Locale;

/** A ratio and what it should be. */
final class Goal {

    private Goal() {}

    static String atLeast(String what, double ratio, double goal) {
        return line(what, ratio, ">=", goal, ratio >= goal);
    }

    static String atMost(String what, double ratio, double goal) {
        return line(what, ratio, "<=", goal, ratio <= goal);
    }

    private static String line(String what, double ratio, String relation, double goal, boolean met) {
        return String.format(
                Locale.ROOT,
                "%-8s %.2fx of the SDK (goal %s %.2fx): %s",
                what,
                ratio,
                relation,
                goal,
                met ? "met" : "MISSED");
    }
}
