package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentParser;
import dev.mcppreflight.server.documents.Language;
import dev.mcppreflight.server.documents.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes documents of files. */
public final class Extraction {

    private static final String PDF = "application/pdf";
    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "md", "text/markdown",
            "txt", "text/plain",
            "csv", "text/csv",
            "json", "application/json",
            "html", "text/html",
            "htm", "text/html",
            "pdf", PDF));

    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");

    private final DocumentParser parser = new DocumentParser();

    /** Returns the endings of files that can be read, in lower case. */
    public static Set<String> endings() {
        return TYPES.keySet();
    }

    /** Tells whether files of this name can be read. */
    public static boolean reads(String name) {
        return TYPES.containsKey(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Returns the usual ending of files of this media type, or null when they cannot be read. */
    public static String ending(String mediaType) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue().equalsIgnoreCase(mediaType))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the document in this file.
     *
     * @throws ExtractionException when there is no text to be had from it
     */
    public Extracted read(Original file) {
        String type = TYPES.get(file.kind());
        if (type == null) {
            throw new ExtractionException("unsupported_format", "files of this kind cannot be read");
        }
        if (file.bytes().length > Original.LARGEST) {
            throw Original.tooLarge();
        }
        List<String> warnings = new ArrayList<>();
        if (type.equals(PDF)) {
            Pdf.Text pdf = Pdf.text(file.bytes());
            if (pdf.blank() > 0) {
                warnings.add(pdf.blank() + " of " + pdf.pages() + " pages have no text");
            }
            return new Extracted(
                    document(file, type, file.stem(), clean(pdf.text())), false, "pdf_direct", pdf.pages(), warnings);
        }
        String text = clean(decoded(file.bytes(), warnings));
        Document parsed = type.equals("text/markdown") ? parsed(file, text) : null;
        if (parsed != null) {
            return new Extracted(parsed, true, "text_file", null, warnings);
        }
        String title = file.stem();
        if (type.equals("text/html")) {
            var named = TITLE.matcher(text);
            title = named.find() ? Html.text(named.group(1)).strip() : title;
            text = Html.text(text);
        }
        return new Extracted(
                document(file, type, title.isEmpty() ? file.stem() : title, text), false, "text_file", null, warnings);
    }

    /** Returns what the front matter of a Markdown file says, or null when there is none of our kind. */
    private Document parsed(Original file, String text) {
        if (!text.startsWith("---\n")) {
            return null;
        }
        try {
            Document found = parser.parse(id(file.path()), text);
            return found.summary()
                    .from(new Source(file.path(), "text/markdown", List.of()))
                    .with(found.text());
        } catch (RuntimeException e) {
            // Front matter of another kind is text like any other.
            return null;
        }
    }

    private static Document document(Original file, String type, String title, String found) {
        String text = found.strip();
        if (text.isEmpty()) {
            throw new ExtractionException("no_text", "no text in it");
        }
        String id = id(file.path());
        return new Document(
                id,
                title,
                text,
                "documents://" + id,
                Language.of(text),
                "document",
                null,
                file.date(),
                new Source(file.path(), type, List.of()));
    }

    private static String clean(String text) {
        return text.replace("\r\n", "\n").replace("\0", "");
    }

    /** UTF-8, or else what Windows wrote in Western Europe: no letter is dropped. */
    private static String decoded(byte[] bytes, List<String> warnings) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("windows-1252"));
            warnings.add("the text is not UTF-8 and was read as windows-1252");
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Returns the name of a Markdown file where it is an id already, else one that no other path has. */
    private static String id(String path) {
        String stem = path.endsWith(".md") ? path.substring(0, path.length() - 3) : path;
        String plain = Normalizer.normalize(stem, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.equals(stem) ? plain : plain + "-" + hash(path);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
