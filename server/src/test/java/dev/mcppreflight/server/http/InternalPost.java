package dev.mcppreflight.server.http;

import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.Parcel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Carries parcels within this process, each receiver's in their order; a replica that is buried gets none and sends none. */
final class InternalPost {

    private final Map<String, Box> boxes = new ConcurrentHashMap<>();

    Mailbox box(String name) {
        return new Box(name);
    }

    void bury(String name) {
        boxes.remove(name);
    }

    private final class Box implements Mailbox {

        private final String name;
        private final ExecutorService order = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "post");
            thread.setDaemon(true);
            return thread;
        });
        private Consumer<Parcel> receiver;

        Box(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void open(Consumer<Parcel> consumer) {
            receiver = consumer;
            boxes.put(name, this);
        }

        @Override
        public boolean send(String to, Parcel parcel) {
            Box box = boxes.get(to);
            if (box == null || !boxes.containsKey(name)) {
                return false;
            }
            box.order.execute(() -> box.receiver.accept(parcel));
            return true;
        }

        @Override
        public boolean reaches(String replica) {
            return boxes.containsKey(replica);
        }

        @Override
        public void close() {
            boxes.remove(name);
            order.shutdown();
        }
    }
}
