package dev.mcppreflight.server.app;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Granularity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How documents are cut, the same for uploads and for {@code index}. */
final class ChunkOptions {

    private static final int SIZE = 800;
    private static final int OVERLAP = 100;

    @Option(
            names = "--granularity",
            paramLabel = "LEVEL",
            description =
                    "Chunks: ultra_fine, fine, medium, standard or coarse, of 200, 400, 600, 1000 or 1500 characters.")
    private String granularity;

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            description = "Largest chunk in characters (default 800, or that of --granularity).")
    private Integer size;

    @Option(
            names = "--chunk-overlap",
            paramLabel = "N",
            description = "Characters that chunks share (default 100, or that of --granularity).")
    private Integer overlap;

    /**
     * Returns what cuts like this.
     *
     * @throws Usage when the level is unknown or the sizes make no sense
     */
    Chunker chunker() {
        Granularity level = level();
        int chosen = size != null ? size : level == null ? SIZE : level.size();
        int shared = level == null ? OVERLAP : level.overlap();
        try {
            return new Chunker(chosen, overlap != null ? overlap : Math.min(shared, chosen / 2));
        } catch (IllegalArgumentException e) {
            throw new Usage(e.getMessage());
        }
    }

    private Granularity level() {
        if (granularity == null) {
            return null;
        }
        List<Granularity> levels = Arrays.asList(Granularity.values());
        return levels.stream()
                .filter(l -> l.name().equalsIgnoreCase(granularity.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new Usage("--granularity must be one of "
                        + levels.stream()
                                .map(l -> l.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not '" + granularity + "'"));
    }
}
