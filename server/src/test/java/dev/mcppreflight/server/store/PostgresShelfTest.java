package dev.mcppreflight.server.store;

import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.replicas.ShelfContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The shelf of servers that share a database. */
@TestInstance(Lifecycle.PER_CLASS)
class PostgresShelfTest extends ShelfContract {

    private PostgresShelf here;
    private PostgresShelf there;

    @BeforeAll
    void start() {
        String database = TestDatabase.emptySchema();
        TestDatabase.store(database).close();
        here = new PostgresShelf(new DatabaseUrl(database), MOST);
        there = new PostgresShelf(new DatabaseUrl(database), MOST);
    }

    @AfterAll
    void stop() {
        here.close();
        there.close();
    }

    @Override
    protected Shelf here() {
        return here;
    }

    @Override
    protected Shelf there() {
        return there;
    }
}
