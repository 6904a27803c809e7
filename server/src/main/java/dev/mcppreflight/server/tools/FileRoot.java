package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.indexing.ExtractionException;
import dev.mcppreflight.server.indexing.Original;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one folder that the file tools may touch. Paths are judged twice: as they are written, and as they really are
 * once all links are followed, so that no link leads out.
 */
final class FileRoot {

    /** Hidden files, keys and credentials are not for models, wherever they lie. */
    private static final Pattern SECRET = Pattern.compile(
            "\\..*|id_(rsa|dsa|ecdsa|ed25519).*|.*\\.(pem|key|p12|pfx|jks|keystore|kdbx)|.*(secret|credential|password).*");

    private static final int DEEPEST = 16;
    private static final int MOST_FILES = 10_000;
    private static final int LARGEST = 2 * 1024 * 1024;

    private final Path root;

    /**
     * Opens a root.
     *
     * @throws UncheckedIOException when the folder does not exist
     */
    FileRoot(Path folder) {
        try {
            this.root = folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A text with how it was stored.
     *
     * @param bytes its size in the file
     * @param encoding the encoding that its bytes fit
     */
    record Text(String content, long bytes, String encoding) {}

    /** Returns the existing file or folder of this relative path. */
    Path existing(String given) {
        Path path = inside(given);
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(root) || isSecret(root.relativize(real))) {
                throw denied();
            }
            return real;
        } catch (IOException e) {
            throw new ToolFailure("file_not_found", "There is no such file.", "Take a path from list_files.");
        }
    }

    /** Returns the path as results show it. */
    String shown(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** Returns the text of a file. */
    Text read(String given) {
        Path file = existing(given);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ToolFailure("not_a_file", "This is not a file.", "Use list_files for folders.");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new ToolFailure("too_large", "The file is too large.", "Files of up to 2 MiB can be read.");
            }
            return decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failed();
        }
    }

    /** Returns a file as it is, to be indexed under its relative path. */
    Original original(String given) {
        Path file = existing(given);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ToolFailure("not_a_file", "This is not a file.", "Use list_files for folders.");
        }
        try {
            return Original.of(file, shown(file));
        } catch (ExtractionException e) {
            throw new ToolFailure(e.code(), "The file cannot be used: " + e.getMessage() + ".", "Split it.");
        } catch (IOException e) {
            throw failed();
        }
    }

    /** Old French files are rarely UTF-8; dropping what does not fit would lose every accented letter. */
    private static Text decode(byte[] bytes) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            try {
                String text = charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                if (text.indexOf('\0') < 0) {
                    return new Text(text, bytes.length, charset.name().toLowerCase(Locale.ROOT));
                }
            } catch (CharacterCodingException e) {
                // The next encoding may fit.
            }
        }
        throw new ToolFailure("unsupported_format", "The file is not text.", "Only text files can be read.");
    }

    /** Writes a text as a whole or not at all; returns whether the file is new. */
    boolean write(String given, String content, boolean overwrite) {
        byte[] bytes = encode(content);
        Path path = inside(given);
        Path parent = existing(root.relativize(path.getParent()).toString());
        Path target = parent.resolve(path.getFileName());
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw denied();
        }
        if (exists && !overwrite) {
            throw new ToolFailure(
                    "already_exists", "The file exists.", "Choose another path, or set overwrite to true.");
        }
        Path draft = null;
        try {
            draft = Files.createTempFile(parent, ".draft", null);
            Files.write(draft, bytes);
            if (overwrite) {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(draft, target);
            }
            return !exists;
        } catch (IOException e) {
            throw failed();
        } finally {
            remove(draft);
        }
    }

    private static byte[] encode(String content) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(content));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new ToolFailure("invalid_content", "The content holds half a character.", "Send valid Unicode.");
        }
    }

    private static void remove(Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            // A left-over draft is hidden, so no tool shows it.
        }
    }

    /** Returns the files under a folder in the order of their paths; links, hidden files and secrets are left out. */
    List<Path> list(String given, boolean recursive) {
        Path folder = existing(given);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ToolFailure("not_a_folder", "This is not a folder.", "Use read_file for files.");
        }
        try (Stream<Path> paths = Files.walk(folder, recursive ? DEEPEST : 1)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !isSecret(root.relativize(path)))
                    .limit(MOST_FILES)
                    .sorted(Comparator.comparing(this::shown))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw failed();
        }
    }

    private Path inside(String given) {
        try {
            Path relative = Path.of(given);
            if (relative.isAbsolute() || given.indexOf('\\') >= 0) {
                throw denied();
            }
            for (Path part : relative) {
                if (part.toString().equals("..")) {
                    throw denied();
                }
            }
            Path path = root.resolve(relative).normalize();
            if (!path.startsWith(root) || isSecret(root.relativize(path))) {
                throw denied();
            }
            return path;
        } catch (InvalidPathException e) {
            throw denied();
        }
    }

    private static boolean isSecret(Path relative) {
        for (Path part : relative) {
            if (SECRET.matcher(part.toString().toLowerCase(Locale.ROOT)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static ToolFailure denied() {
        return new ToolFailure(
                "access_denied",
                "This path is outside of the folder of documents, or hidden.",
                "Use a relative path from list_files.");
    }

    private static ToolFailure failed() {
        return new ToolFailure("io_failed", "The file system refused.", "Tell the operator.");
    }
}
