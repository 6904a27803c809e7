package dev.mcppreflight.server.app;

import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.stdio.StdioServer;
import java.io.InputStream;
import java.io.OutputStream;

/** Something to offer over any transport. */
interface Profile {

    /** Returns a server for HTTP+SSE and Streamable HTTP that does not listen yet, and has no replicas. */
    default HttpServer http(ServerConfig config) {
        return http(config, null);
    }

    /**
     * Returns a server for HTTP+SSE and Streamable HTTP that does not listen yet.
     *
     * @param mailbox leads to the replicas of this server, or null when it is alone
     */
    HttpServer http(ServerConfig config, Mailbox mailbox);

    /** Returns a server for stdio on these streams that does not read yet. */
    StdioServer stdio(InputStream in, OutputStream out);
}
