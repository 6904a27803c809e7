package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.target.Target;
import java.net.URI;
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

    private static TargetOptions options(Fault fault) {
        return CommandLine.populateCommand(new TargetOptions(), fault.options().toArray(String[]::new));
    }
}
