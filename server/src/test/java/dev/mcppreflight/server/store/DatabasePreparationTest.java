package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.server.documents.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several servers meet in one database. */
class DatabasePreparationTest {

    private static final int SERVERS = 6;
    private static final int ROUNDS = 4;

    /** Several rounds: whoever comes a moment late sees tables, and no history of them yet. */
    @Test
    void serversMayPrepareOneEmptyDatabaseAtTheSameMoment() throws Exception {
        TestDatabase.assumeSeveralSessions("nobody waits for the lock of another");
        ExecutorService threads = Executors.newFixedThreadPool(SERVERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                DatabaseUrl empty =
                        new DatabaseUrl(round % 2 == 0 ? TestDatabase.emptySchema() : TestDatabase.emptyDatabase());
                CyclicBarrier start = new CyclicBarrier(SERVERS);
                List<Callable<Integer>> servers = new ArrayList<>();
                for (int i = 0; i < SERVERS; i++) {
                    servers.add(() -> {
                        try (DocumentStore store = new PostgresDocumentStore(empty, 1)) {
                            start.await();
                            // Who writes waits longer than who reads, and this machine may be busy.
                            store.delete("none");
                            return store.statistics().documents();
                        }
                    });
                }
                for (Future<Integer> server : threads.invokeAll(servers)) {
                    assertEquals(0, server.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
