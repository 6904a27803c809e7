package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.StdioServer;

/** A fault over standard streams as a program of its own: like {@code preflight fault ID}, but started in a third of the time. */
final class StdioFault {

    private StdioFault() {}

    public static void main(String[] arguments) {
        System.exit(StdioServer.run(Fault.load(arguments[0]), System.in, System.out, System.err));
    }
}
