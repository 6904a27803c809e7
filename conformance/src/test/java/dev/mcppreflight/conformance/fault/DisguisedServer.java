package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.fault.mcp.Trait;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A faulty server that looks otherwise than its file says in everything but its fault. */
public final class DisguisedServer {

    private DisguisedServer() {}

    /** The server of that fault in the disguise of that number. */
    public static FaultyServer start(Fault fault, long seed) {
        return FaultyServer.start(fault, disguise(fault, seed));
    }

    /**
     * The same on standard streams, where its lines end and its programs talk as they do elsewhere.
     *
     * @return the exit code that the process should have
     */
    public static int run(Fault fault, long seed, InputStream in, OutputStream out, OutputStream err) {
        return StdioServer.run(
                fault,
                disguise(fault, seed),
                in,
                new DisguisedOutput(out, seed),
                new PrintStream(new DisguisedOutput(err, seed), true, StandardCharsets.UTF_8));
    }

    /** How it looks. */
    public static String description(Fault fault, long seed) {
        return disguise(fault, seed).toString();
    }

    private static Disguise disguise(Fault fault, long seed) {
        boolean keepsPlaces = fault.path().isPresent()
                || fault.deviation().containsKey("address")
                // The tokens of the server are made for its address.
                || fault.traits().contains(Trait.OAUTH)
                || fault.traits().contains(Trait.OAUTH_PROXY)
                || fault.traits().contains(Trait.OAUTH_AT_ORIGIN);
        return new Disguise(seed, keepsPlaces, SPOKEN.contains(fault.cause().orElse("")));
    }

    /** Causes that words alone tell: the pages and codes of tunnels, platforms and firewalls. */
    private static final Set<String> SPOKEN = Set.of(
            "NET-015",
            "NET-016",
            "NET-017",
            "NET-018",
            "NET-019",
            "NET-021",
            "NET-023",
            "NET-025",
            "NET-029",
            "NET-026",
            "NET-030",
            "AUTH-038");
}
