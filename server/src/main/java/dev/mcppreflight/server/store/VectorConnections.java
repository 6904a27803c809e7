package dev.mcppreflight.server.store;

import com.pgvector.PGvector;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a database that has vectors, which send them as numbers: as texts they take time to write and to read. */
final class VectorConnections extends PGSimpleDataSource {

    private static final long serialVersionUID = 1;

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            PGvector.addVectorType(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
