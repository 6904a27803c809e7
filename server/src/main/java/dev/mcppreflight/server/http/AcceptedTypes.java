package dev.mcppreflight.server.http;

import java.util.Locale;

/**
 * What a client can read, from its {@code Accept} header (RFC 9110, 12.5.1). A missing header accepts everything.
 *
 * @param json whether it accepts {@code application/json}
 * @param events whether it accepts {@code text/event-stream}
 */
record AcceptedTypes(boolean json, boolean events) {

    /** Reads a header value, which may be null. */
    static AcceptedTypes of(String header) {
        if (header == null || header.isBlank()) {
            return new AcceptedTypes(true, true);
        }
        return new AcceptedTypes(accepts(header, "application", "json"), accepts(header, "text", "event-stream"));
    }

    /** The most specific range that matches decides; a quality of 0 means "not acceptable". */
    private static boolean accepts(String header, String type, String subtype) {
        int specificity = -1;
        boolean accepted = false;
        for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            int found = specificity(parts[0].strip(), type, subtype);
            if (found > specificity) {
                specificity = found;
                accepted = quality(parts) > 0;
            }
        }
        return accepted;
    }

    private static int specificity(String range, String type, String subtype) {
        if (range.equals(type + "/" + subtype)) {
            return 2;
        }
        if (range.equals(type + "/*")) {
            return 1;
        }
        // A lone asterisk is not in the grammar, but Java's own URLConnection sends it.
        return range.equals("*/*") || range.equals("*") ? 0 : -1;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2).strip());
                } catch (NumberFormatException e) {
                    return 1;
                }
            }
        }
        return 1;
    }
}
