package dev.mcppreflight.conformance.signin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of a page, as a browser would send it when a certain button is pressed.
 *
 * @param action where it is sent to, as it stands there; empty for the page itself
 * @param post whether it is sent by POST
 * @param fields what is filled in already, with that of the button
 * @param blanks the names of the fields that a user has to fill in
 */
public record PageForm(String action, boolean post, Map<String, String> fields, List<String> blanks) {

    /** No honest page of consent is larger; in characters. */
    private static final int LARGEST = 128 * 1024;

    /** What follows a tag is looked for by its letters, and tags have an end, so that hostile pages cost no more than others. */
    private static final Pattern FORM = Pattern.compile("(?i)<form\\b([^>]{0,1000}+)>");

    private static final Pattern CONTROL = Pattern.compile("(?i)<(input|button)\\b([^>]{0,1000}+)>");
    private static final Pattern END = Pattern.compile("(?i)</form>");
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_CONTROLS = 100;

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([\\w:-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|(\\w+));");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private static final String YES =
            "(?is).*\\b(allow|approve|accept|authori[sz]e|consent|continue|agree|confirm|grant|yes)\\b.*";
    private static final String NO = "(?is).*\\b(deny|denied|cancel|reject|refuse|decline|disallow|not|no)\\b.*";

    public PageForm {
        fields = Map.copyOf(fields);
        blanks = List.copyOf(blanks);
    }

    /** The form with a button that consents, where the page has one. */
    public static Optional<PageForm> consenting(String html) {
        return of(html, label -> label.matches(YES) && !label.matches(NO));
    }

    /**
     * The first form with a button that is wanted.
     *
     * @param button judges buttons by their name, value and text in one
     */
    public static Optional<PageForm> of(String html, Predicate<String> button) {
        String page = html.length() > LARGEST ? html.substring(0, LARGEST) : html;
        Matcher form = FORM.matcher(page);
        Matcher end = END.matcher(page);
        int at = 0;
        while (form.find(at) && end.find(form.end())) {
            String content = page.substring(form.end(), end.start());
            Optional<PageForm> read = read(attributes(form.group(1)), content, button);
            if (read.isPresent()) {
                return read;
            }
            at = end.end();
        }
        return Optional.empty();
    }

    private static Optional<PageForm> read(Map<String, String> form, String content, Predicate<String> wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> blanks = new ArrayList<>();
        Map<String, String> pressed = null;
        for (MatchResult control :
                CONTROL.matcher(content).results().limit(MOST_CONTROLS).toList()) {
            boolean isButton = control.group(1).equalsIgnoreCase("button");
            Map<String, String> given = attributes(control.group(2));
            String name = given.getOrDefault("name", "");
            String value = given.getOrDefault("value", "");
            switch (given.getOrDefault("type", isButton ? "submit" : "text").toLowerCase(Locale.ROOT)) {
                case "submit" -> {
                    String text = isButton ? label(content, control.end()) : "";
                    if (pressed == null && wanted.test(name + " " + value + " " + text)) {
                        pressed = given;
                    }
                }
                case "hidden" -> fields.put(name, value);
                case "checkbox", "radio" -> {
                    if (given.containsKey("checked")) {
                        fields.put(name, given.getOrDefault("value", "on"));
                    }
                }
                case "button", "reset", "image" -> {
                    // Nothing is sent for these.
                }
                default -> {
                    fields.put(name, value);
                    blanks.add(name);
                }
            }
        }
        if (pressed == null) {
            return Optional.empty();
        }
        fields.put(pressed.getOrDefault("name", ""), pressed.getOrDefault("value", ""));
        fields.remove("");
        return Optional.of(new PageForm(
                form.getOrDefault("action", ""),
                form.getOrDefault("method", "").equalsIgnoreCase("post"),
                fields,
                blanks));
    }

    /** The text of a button, without the tags in it. */
    private static String label(String content, int start) {
        String label = content.substring(start, Math.min(content.length(), start + LONGEST_LABEL));
        int end = label.toLowerCase(Locale.ROOT).indexOf("</button");
        return (end < 0 ? label : label.substring(0, end)).replaceAll("<[^>]*>", " ");
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE.matcher(tag).results().forEach(attribute -> {
            String value = attribute.group(2) != null
                    ? attribute.group(2)
                    : attribute.group(3) != null ? attribute.group(3) : attribute.group(4);
            attributes.putIfAbsent(attribute.group(1).toLowerCase(Locale.ROOT), value == null ? "" : plain(value));
        });
        return attributes;
    }

    private static String plain(String text) {
        return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(MatchResult entity) {
        if (entity.group(3) != null) {
            return NAMED.getOrDefault(entity.group(3), entity.group());
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isValidCodePoint(code) ? Character.toString(code) : entity.group();
    }
}
