package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentParser;
import dev.mcppreflight.server.documents.Language;
import dev.mcppreflight.server.documents.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes documents of files. */
public final class Extraction {

    private static final Map<String, String> TYPES = Map.of(
            "md", "text/markdown",
            "txt", "text/plain",
            "csv", "text/csv",
            "json", "application/json",
            "html", "text/html",
            "htm", "text/html");

    private static final long LARGEST = 20L * 1024 * 1024;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private final DocumentParser parser = new DocumentParser();

    /** Tells whether files of this name can be read. */
    public boolean reads(Path file) {
        return TYPES.containsKey(ending(file));
    }

    /**
     * Returns the document in this file.
     *
     * @param path the path that it shall be known by
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when there is no text in it
     */
    public Document read(Path file, String path) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IllegalArgumentException("larger than " + LARGEST + " bytes");
        }
        String type = TYPES.get(ending(file));
        String text = decoded(Files.readAllBytes(file)).replace("\r\n", "\n").replace("\0", "");
        Source source = new Source(path, type, List.of());
        String id = id(path);
        if (type.equals("text/markdown") && text.startsWith("---\n")) {
            try {
                Document parsed = parser.parse(id, text);
                return new Document(
                        parsed.id(),
                        parsed.title(),
                        parsed.text(),
                        parsed.url(),
                        parsed.language(),
                        parsed.category(),
                        parsed.commune(),
                        parsed.date(),
                        source);
            } catch (RuntimeException e) {
                // Front matter of another kind is text like any other.
            }
        }
        String title = stem(file);
        if (type.equals("text/html")) {
            var named = TITLE.matcher(text);
            title = named.find() ? Html.text(named.group(1)).strip() : title;
            text = Html.text(text);
        }
        text = text.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no text in it");
        }
        LocalDate date = Files.getLastModifiedTime(file)
                .toInstant()
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        return new Document(
                id,
                title.isEmpty() ? stem(file) : title,
                text,
                "documents://" + id,
                Language.of(text),
                "document",
                null,
                date,
                source);
    }

    /** UTF-8, or else what Windows wrote in Western Europe: no letter is dropped. */
    private static String decoded(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("windows-1252"));
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

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
