package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Saved;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Brings files and folders into a store. Each file is there whole or not at all, and one that fails stops no other. */
public final class Indexer {

    private final Ingestion ingestion;
    private final Choice choice;
    private final PrintStream progress;
    private final Extraction extraction = new Extraction();

    /**
     * What is indexed, and how.
     *
     * @param endings the endings of files that are taken from folders, in lower case
     * @param mostFiles the largest number of files
     * @param workers how many files are worked on at a time
     * @param dry whether only to see what would be done
     */
    public record Choice(Set<String> endings, int mostFiles, int workers, boolean dry) {

        /** Everything that can be read, one file after the other. */
        public static final Choice ALL = new Choice(Extraction.endings(), Integer.MAX_VALUE, 1, false);
    }

    /**
     * Creates an indexer.
     *
     * @param ingestion where documents go
     * @param progress is told about each file
     */
    public Indexer(Ingestion ingestion, Choice choice, PrintStream progress) {
        this.ingestion = ingestion;
        this.choice = choice;
        this.progress = progress;
    }

    /** A file with the name that it shall be known by. */
    private record Item(Path file, String name) {}

    /** Indexes these files, and all files in these folders that are asked for. */
    public Summary index(List<Path> paths) {
        Summary summary = new Summary();
        List<Item> items = new ArrayList<>();
        for (Path path : paths) {
            collect(path, items, summary);
        }
        int most = Math.min(items.size(), choice.mostFiles());
        summary.left = items.size() - most;
        ExecutorService workers = Executors.newFixedThreadPool(choice.workers());
        items.subList(0, most).forEach(item -> workers.execute(() -> index(item, summary)));
        workers.shutdown();
        try {
            workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        return summary;
    }

    private void collect(Path path, List<Item> items, Summary summary) {
        if (!Files.exists(path)) {
            fail(summary, path.toString(), "there is no such file");
        } else if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(Files::isRegularFile)
                        .filter(this::isAskedFor)
                        .sorted()
                        .forEach(file -> items.add(
                                new Item(file, path.relativize(file).toString().replace('\\', '/'))));
            } catch (IOException | RuntimeException e) {
                fail(summary, path.toString(), e.toString());
            }
        } else {
            items.add(new Item(path, path.getFileName().toString()));
        }
    }

    private boolean isAskedFor(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return choice.endings().contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private void index(Item item, Summary summary) {
        try {
            Extracted extracted = extraction.read(Original.of(item.file(), item.name()));
            int chunks;
            Saved saved;
            if (choice.dry()) {
                chunks = ingestion.count(extracted.document());
                saved = Saved.CREATED;
            } else {
                Ingestion.Result result = ingestion.add(extracted, Ingestion.Progress.NONE);
                chunks = result.stored().chunks();
                saved = result.saved();
            }
            summary.add(saved, chunks);
            progress.println(saved.name().toLowerCase(Locale.ROOT) + " " + item.name() + " (" + chunks + " chunks)");
            extracted.warnings().forEach(warning -> progress.println("  note: " + warning));
        } catch (IOException | RuntimeException e) {
            fail(summary, item.name(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void fail(Summary summary, String name, String reason) {
        summary.fail(name + ": " + reason);
        progress.println("FAILED " + name + ": " + reason);
    }

    /** What became of the files. */
    public static final class Summary {

        private static final int MOST_SHOWN = 20;

        private final int[] counts = new int[Saved.values().length];
        private final List<String> failures = new ArrayList<>();
        private int chunks;
        private int left;

        private synchronized void add(Saved saved, int howManyChunks) {
            counts[saved.ordinal()]++;
            chunks += howManyChunks;
        }

        private synchronized void fail(String failure) {
            failures.add(failure);
        }

        /** Returns how many files ended like this. */
        public synchronized int count(Saved saved) {
            return counts[saved.ordinal()];
        }

        /** Returns how many files or folders could not be indexed. */
        public synchronized int failed() {
            return failures.size();
        }

        /** Returns the figures in one line, and a line for each failure up to a number that people read. */
        @Override
        public synchronized String toString() {
            StringBuilder text = new StringBuilder();
            text.append(count(Saved.CREATED)).append(" created, ");
            text.append(count(Saved.UPDATED)).append(" updated, ");
            text.append(count(Saved.UNCHANGED)).append(" unchanged, ");
            text.append(failed()).append(" failed; ").append(chunks).append(" chunks");
            if (left > 0) {
                text.append("; ").append(left).append(" more files left out");
            }
            failures.stream().sorted().limit(MOST_SHOWN).forEach(line -> text.append("\n  failed: ")
                    .append(line));
            if (failed() > MOST_SHOWN) {
                text.append("\n  failed: and ").append(failed() - MOST_SHOWN).append(" more");
            }
            return text.toString();
        }
    }
}
