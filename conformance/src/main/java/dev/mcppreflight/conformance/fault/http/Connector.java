package dev.mcppreflight.conformance.fault.http;

import java.io.IOException;
import java.net.Socket;

/** Prepares an accepted connection for HTTP: as it is, or by TLS. */
@FunctionalInterface
public interface Connector {

    /** @throws IOException where no HTTP will be spoken; the connection is then closed */
    Socket connect(Socket accepted) throws IOException;
}
