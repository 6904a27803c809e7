package dev.mcppreflight.server.app;

import picocli.CommandLine.Option;

/** The options about an authorization server for tries. */
final class DemoIssuerOptions {

    @Option(
            names = "--demo-issuer",
            description = "Start an authorization server on this machine for tries, where a click signs in.")
    private boolean asked;

    @Option(names = "--demo-issuer-port", paramLabel = "PORT", description = "Its port (default 0, a free one).")
    private int port;

    @Option(
            names = "--demo-issuer-local-clients",
            description = "Let it take client metadata documents from http addresses of this machine.")
    private boolean localClients;

    /** Tells whether it is to be started. */
    boolean isAsked() {
        return asked;
    }

    /**
     * Returns its port; 0 takes a free one.
     *
     * @throws Usage when it is out of range
     */
    int port() {
        return NetworkOptions.inRange("--demo-issuer-port", port, 0, 65_535);
    }

    /** Tells whether it takes documents from this machine. */
    boolean takesLocalClients() {
        return localClients;
    }
}
