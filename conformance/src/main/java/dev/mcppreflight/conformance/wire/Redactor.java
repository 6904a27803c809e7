package dev.mcppreflight.conformance.wire;

import dev.mcppreflight.conformance.data.JsonText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes secrets out of everything that is recorded: known values wherever they stand, and the headers that carry such. Safe for
 * several threads.
 */
public final class Redactor {

    private static final String MASK = "[redacted]";
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key");
    private static final int SHORTEST = 4;

    /** The longest first, since a shorter one may be part of it. */
    private volatile List<String> secrets;

    /** @param secrets the values to take out; those shorter than four characters only where they stand in a header */
    public Redactor(Collection<String> secrets) {
        this.secrets = ordered(secrets.stream());
    }

    /** Takes out this value too from now on, also of what was recorded before and is looked at later. */
    public synchronized void learn(String secret) {
        secrets = ordered(Stream.concat(secrets.stream(), Stream.of(secret)));
    }

    /** What stands for the secrets that are known now: another object as soon as one more is learned. */
    Object known() {
        return secrets;
    }

    private static List<String> ordered(Stream<String> secrets) {
        return secrets.filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
    }

    /** The text without the known secrets; null for null. */
    public String text(String text) {
        if (text == null) {
            return null;
        }
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }

    /** The JSON without the known secrets; null for null. Where there are none, it is not even written. */
    JsonText text(JsonText json) {
        return json == null || secrets.isEmpty() ? json : json.as(text(json.text()));
    }

    /** The headers without secrets; a scheme such as Bearer stays readable. */
    public List<Header> headers(List<Header> headers) {
        return headers.stream().map(this::header).toList();
    }

    private Header header(Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (!SECRET_HEADERS.contains(name)) {
            return new Header(header.name(), text(header.value()));
        }
        if (name.equals("set-cookie")) {
            int equals = header.value().indexOf('=');
            return new Header(header.name(), equals < 0 ? MASK : header.value().substring(0, equals + 1) + MASK);
        }
        int space = name.endsWith("authorization") ? header.value().indexOf(' ') : -1;
        return new Header(header.name(), space < 0 ? MASK : header.value().substring(0, space + 1) + MASK);
    }
}
