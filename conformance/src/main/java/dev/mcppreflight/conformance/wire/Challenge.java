package dev.mcppreflight.conformance.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a WWW-Authenticate header (RFC 9110 section 11.6.1).
 *
 * @param scheme as it was written
 * @param parameters by their names in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    /** No honest challenge is longer. */
    private static final int LONGEST = 8_000;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

    /** A parameter, or else the name of a scheme; what is neither is skipped. */
    private static final Pattern PART = Pattern.compile(
            "(" + TOKEN + ")(?:[ \\t]*+=[ \\t]*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "[/:=]*+)))?");

    /** What stands between two commas: the parameter of a challenge, or how one begins. */
    private static final Pattern PARAMETER =
            Pattern.compile(TOKEN + "[ \\t]*+=[ \\t]*+(?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[^\\s\",=]++)");

    private static final Pattern BEGINNING = Pattern.compile("(" + TOKEN + ")(?: +(.++))?");
    private static final Pattern TOKEN68 = Pattern.compile("[0-9A-Za-z._~+/-]++=*+");

    /** Copies the parameters. */
    public Challenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** All challenges of an answer, those of several header lines and of one alike. */
    public static List<Challenge> of(Exchange exchange) {
        List<Challenge> challenges = new ArrayList<>();
        Header.all(exchange.headers(), "WWW-Authenticate").forEach(value -> parse(value, challenges));
        return challenges;
    }

    /** All challenges in the value of one header. */
    static List<Challenge> all(String value) {
        List<Challenge> challenges = new ArrayList<>();
        parse(value, challenges);
        return challenges;
    }

    /** The first one with the scheme Bearer. */
    public static Optional<Challenge> bearer(Exchange exchange) {
        return of(exchange).stream().filter(challenge -> challenge.is("Bearer")).findFirst();
    }

    /**
     * Whether the value of a header is a list of challenges as RFC 9110 has it (section 11.6.1), in which all clients read the
     * same; a challenge of the scheme Bearer has parameters (RFC 6750 section 3), others may have anything.
     */
    public static boolean isWellFormed(String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        boolean continues = false;
        for (String part : parts(value)) {
            if (PARAMETER.matcher(part).matches()) {
                if (!continues) {
                    return false;
                }
                continue;
            }
            Matcher beginning = BEGINNING.matcher(part);
            if (!beginning.matches()) {
                return false;
            }
            String rest = beginning.group(2);
            continues = rest != null && PARAMETER.matcher(rest).matches();
            boolean opaque = rest != null
                    && !beginning.group(1).equalsIgnoreCase("Bearer")
                    && TOKEN68.matcher(rest).matches();
            if (rest != null && !continues && !opaque) {
                return false;
            }
        }
        return true;
    }

    /** What stands between the commas that are in no quotation, without blanks around it. */
    private static List<String> parts(String value) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(value.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(value.substring(start).strip());
        return parts;
    }

    /** Whether it is of that scheme; names of schemes compare without case. */
    public boolean is(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** The value of that parameter; empty for none. */
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static void parse(String value, List<Challenge> challenges) {
        String scheme = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher part = PART.matcher(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
        while (part.find()) {
            String quoted = part.group(2);
            String plain = part.group(3);
            if (quoted == null && plain == null) {
                if (scheme != null) {
                    challenges.add(new Challenge(scheme, parameters));
                }
                scheme = part.group(1);
                parameters.clear();
            } else if (scheme != null) {
                String text = quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1");
                parameters.putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), text);
            }
        }
        if (scheme != null) {
            challenges.add(new Challenge(scheme, parameters));
        }
    }
}
