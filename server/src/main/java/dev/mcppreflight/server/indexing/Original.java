package dev.mcppreflight.server.indexing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * A file as it comes in.
 *
 * @param path the path that it shall be known by
 * @param bytes what is in it
 * @param date when it was changed, for want of a date of its content
 * @param kind what it is, by the usual ending of such files: {@code md}
 */
public record Original(String path, byte[] bytes, LocalDate date, String kind) {

    /** The largest file that is read, in bytes. */
    public static final int LARGEST = 20 * 1024 * 1024;

    /** Creates a file that is what its name says. */
    public Original(String path, byte[] bytes, LocalDate date) {
        this(path, bytes, date, path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns a file of this machine.
     *
     * @param path the path that it shall be known by
     * @throws IOException when it cannot be read
     * @throws ExtractionException when it is too large
     */
    public static Original of(Path file, String path) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw tooLarge();
        }
        LocalDate date = Files.getLastModifiedTime(file)
                .toInstant()
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        return new Original(path, Files.readAllBytes(file), date);
    }

    /** Returns what to throw for a larger file. */
    public static ExtractionException tooLarge() {
        return new ExtractionException("too_large", "larger than " + LARGEST / 1024 / 1024 + " MiB");
    }

    /** Returns the name without folders. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the part of the name before its ending. */
    String stem() {
        String stem = fileName().replaceFirst("\\.[^.]*$", "");
        return stem.isEmpty() ? fileName() : stem;
    }
}
