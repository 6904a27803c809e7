package dev.mcppreflight.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The sample documents that are packaged with this server, from its jar or from its class folder. */
public final class BundledCorpus {

    private static final String FOLDER = "corpus/";
    private static final String SUFFIX = ".md";

    private final DocumentParser parser = new DocumentParser();

    /**
     * Returns all bundled documents in the order of their ids.
     *
     * @throws UncheckedIOException when they cannot be read
     */
    public List<Document> read() {
        try {
            Path home = Path.of(BundledCorpus.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<Document> documents = Files.isDirectory(home) ? fromFolder(home.resolve(FOLDER)) : fromJar(home);
            documents.sort(Comparator.comparing(Document::id));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Document> fromFolder(Path folder) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                documents.add(parse(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return documents;
    }

    /** Walks the entries of the jar: a zip file system would cost 60 ms more at start. */
    private List<Document> fromJar(Path jar) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(this::isDocument).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    documents.add(parse(entry.getName().substring(FOLDER.length()), text));
                }
            }
        }
        return documents;
    }

    private boolean isDocument(JarEntry entry) {
        return entry.getName().startsWith(FOLDER) && entry.getName().endsWith(SUFFIX);
    }

    private Document parse(String fileName, String text) {
        return parser.parse(fileName.substring(0, fileName.length() - SUFFIX.length()), text);
    }
}
