package dev.mcppreflight.server.auth;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a valid access token says.
 *
 * @param subject whom it was issued for
 * @param audience for whom it was made out
 * @param scopes what was granted
 */
record Grant(String subject, List<String> audience, Set<String> scopes) {

    /** A session belongs to a label, so two users must not come by the same one. */
    private static final int LABEL_BYTES = 16;

    /** Tells whether it was made out to one of these; letter case of scheme and host and a final slash do not count. */
    boolean isFor(Collection<String> names) {
        Set<String> canonical = names.stream().map(Grant::canonical).collect(Collectors.toSet());
        return audience.stream().map(Grant::canonical).anyMatch(canonical::contains);
    }

    /** Returns a name for logs and limits; a subject can be somebody's address, so it is not that. */
    String label(String issuer) {
        byte[] digest = ApiKey.digest(issuer + " " + subject);
        return "user-" + HexFormat.of().formatHex(digest, 0, LABEL_BYTES);
    }

    /** Reads scopes as a text with spaces or as a list. */
    static Set<String> scopes(Object... claims) {
        Set<String> scopes = new LinkedHashSet<>();
        for (Object claim : claims) {
            if (claim instanceof String text) {
                scopes.addAll(Arrays.asList(text.strip().split("\\s+")));
            } else if (claim instanceof Collection<?> several) {
                several.forEach(scope -> scopes.add(String.valueOf(scope)));
            }
        }
        scopes.remove("");
        return scopes;
    }

    private static String canonical(String name) {
        try {
            URI uri = URI.create(name);
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                return name;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            String authority = uri.getRawAuthority().toLowerCase(Locale.ROOT);
            String usual = scheme.equals("https") ? ":443" : ":80";
            String host =
                    authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/$", "");
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return scheme + "://" + host + path + query;
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
