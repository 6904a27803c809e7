package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.indexing.Extraction;
import dev.mcppreflight.server.indexing.Original;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** Where an uploaded file comes from: a text, bytes in base64, or a path inside the folder of documents. */
final class UploadSource {

    private final FileRoot files;

    UploadSource(FileRoot files) {
        this.files = files;
    }

    /**
     * Returns the file that the arguments mean.
     *
     * @param today the date of what comes with the call
     */
    Original original(Arguments arguments, LocalDate today) {
        String content = arguments.textOrNull("content");
        String base64 = arguments.textOrNull("content_base64");
        String path = arguments.textOrNull("file_path");
        if (Stream.of(content, base64, path).filter(given -> given != null).count() != 1) {
            throw wrong("Exactly one of content, content_base64 and file_path is needed.");
        }
        if (path != null) {
            if (arguments.textOrNull("file_name") != null) {
                throw wrong("file_name goes with content or content_base64 only.");
            }
            return files.original(path.strip());
        }
        String name = arguments.textOrNull("file_name");
        if (name == null) {
            throw wrong("file_name is missing: a content needs a name.");
        }
        byte[] bytes = content != null ? encoded(content) : decoded(base64);
        String type = arguments.textOrNull("mime_type");
        String kind = type == null ? null : Extraction.ending(type.split(";", 2)[0].strip());
        if (kind == null && content != null && !Extraction.reads(name)) {
            kind = "txt";
        }
        return kind == null ? new Original(name.strip(), bytes, today) : new Original(name.strip(), bytes, today, kind);
    }

    private static byte[] encoded(String content) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(content));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new ToolFailure("invalid_content", "The content holds half a character.", "Send valid Unicode.");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw wrong("content_base64 is not base64.");
        }
    }

    private static ToolFailure wrong(String message) {
        return new ToolFailure(
                "invalid_arguments",
                message,
                "Send content and file_name, or content_base64 and file_name, or file_path.");
    }
}
