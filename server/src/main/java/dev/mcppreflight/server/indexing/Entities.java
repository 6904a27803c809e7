package dev.mcppreflight.server.indexing;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters that HTML writes by name or number. */
final class Entities {

    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));");

    /** In their order, from U+00A0 on. */
    private static final String LATIN =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr"
                    + " deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
                    + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml"
                    + " ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig"
                    + " agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml"
                    + " eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    private static final Map<String, String> NAMED = named();

    private Entities() {}

    private static Map<String, String> named() {
        Map<String, String> named = new HashMap<>(Map.of(
                "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "euro", "€", "oelig", "œ", "OElig", "Œ"));
        named.putAll(Map.of(
                "lsquo", "‘", "rsquo", "’", "ldquo", "“", "rdquo", "”", "ndash", "–", "mdash", "—", "hellip", "…",
                "bull", "•"));
        String[] latin = LATIN.split(" ");
        for (int i = 0; i < latin.length; i++) {
            named.put(latin[i], Character.toString(0xA0 + i));
        }
        named.put("nbsp", " ");
        return named;
    }

    /** Returns the text with the characters that are meant; what means none stays as it is. */
    static String decoded(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            if (match.group(3) != null) {
                return Matcher.quoteReplacement(NAMED.getOrDefault(match.group(3), match.group()));
            }
            boolean decimal = match.group(1) != null;
            return Matcher.quoteReplacement(
                    numbered(Integer.parseInt(match.group(decimal ? 1 : 2), decimal ? 10 : 16)));
        });
    }

    private static String numbered(int code) {
        if (code >= 0x80 && code < 0xA0) {
            // What was written on Windows means its characters, as browsers know.
            return new String(new byte[] {(byte) code}, Charset.forName("windows-1252"));
        }
        boolean text = code > 0 && Character.isValidCodePoint(code) && (code < 0xD800 || code > 0xDFFF);
        return text ? Character.toString(code) : "";
    }
}
