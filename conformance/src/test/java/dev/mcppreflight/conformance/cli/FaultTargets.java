package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;

/** The target that the command line makes of a fault and its options. */
public final class FaultTargets {

    private FaultTargets() {}

    public static Target at(String url, Fault fault) {
        return options(fault).at(URI.create(url), Map.of());
    }

    public static Target with(Target command, Fault fault) {
        return options(fault).by(command.command());
    }

    /** A target that only a configuration file tells of. */
    public static Preflight configured(Path folder, Fault fault) {
        try {
            Map.Entry<String, String> file = fault.configuration().orElseThrow();
            Path path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
            DesktopConfiguration read = DesktopConfiguration.read(path, "");
            return Preflight.of(options(fault).by(read.command(), read.environment()))
                    .configured(read.file(), read.evidence());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long the fault wants the server to be loaded. */
    public static Duration soak(Fault fault) {
        return options(fault).soak();
    }

    private static TargetOptions options(Fault fault) {
        return CommandLine.populateCommand(new TargetOptions(), fault.options().toArray(String[]::new));
    }
}
