package dev.mcppreflight.server.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is, as hosting platforms write it: {@code postgres://USER:PASSWORD@HOST:PORT/NAME}, or a JDBC address.
 */
public final class DatabaseUrl {

    private static final int CONNECT_SECONDS = 3;

    private final String jdbc;
    private final String user;
    private final String password;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is not one of PostgreSQL; the message does not repeat it, as there is a
     *     password in it
     */
    public DatabaseUrl(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            this.jdbc = url;
            this.user = null;
            this.password = null;
            return;
        }
        URI uri = parsed(url);
        if (uri.getScheme() == null
                || !uri.getScheme().matches("postgres(ql)?")
                || uri.getHost() == null
                || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "the database must look like postgres://USER:PASSWORD@HOST:PORT/NAME or jdbc:postgresql://...");
        }
        this.jdbc = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        this.user = credentials.length > 0 ? decoded(credentials[0]) : null;
        this.password = credentials.length > 1 ? decoded(credentials[1]) : null;
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // Its message would repeat the address.
            return URI.create("");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * Returns connections to this database.
     *
     * @param socketSeconds how long to wait for an answer on the wire; 0 for ever
     */
    PGSimpleDataSource connections(int socketSeconds) {
        return set(new PGSimpleDataSource(), socketSeconds);
    }

    /**
     * Returns connections for work with vectors to this database, which is prepared.
     *
     * @param socketSeconds how long to wait for an answer on the wire; 0 for ever
     */
    PGSimpleDataSource vectorConnections(int socketSeconds) {
        return set(new VectorConnections(), socketSeconds);
    }

    private PGSimpleDataSource set(PGSimpleDataSource source, int socketSeconds) {
        source.setUrl(jdbc);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(socketSeconds);
        source.setTcpKeepAlive(true);
        source.setApplicationName("preflight-server");
        return source;
    }
}
