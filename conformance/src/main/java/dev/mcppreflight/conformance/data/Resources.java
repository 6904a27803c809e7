package dev.mcppreflight.conformance.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the features and fixtures that travel in the jar, whether it is a jar or a folder of classes. */
public final class Resources {

    private static final String ROOT = "/dev/mcppreflight/";

    private Resources() {}

    /**
     * The text of one resource.
     *
     * @param path below {@code dev/mcppreflight}, such as {@code features/requirements.yaml}
     * @throws IllegalArgumentException when there is none
     */
    public static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** The bytes of one resource; see {@link #text}. */
    public static byte[] bytes(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths (as {@link #text} takes them) of all files below a folder with this ending, sorted. */
    public static List<String> list(String folder, String ending) {
        URL url = Resources.class.getResource(ROOT + folder);
        if (url == null) {
            return List.of();
        }
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return list(Path.of(uri), folder, ending);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return list(jar.getPath(ROOT + folder), folder, ending);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(Path root, String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder + "/" + root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
