package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The event streams of a run, so that what comes on the wrong one is not waited for on the right one. */
public final class Streams {

    private final List<HttpStream> opened = new CopyOnWriteArrayList<>();
    private volatile boolean astray;

    void add(HttpStream stream) {
        opened.add(stream);
    }

    /** Whether an event was proven to take a wrong way. */
    public boolean isAstray() {
        return astray;
    }

    /** Watches from now on what comes on all streams but one. */
    public Others besides(HttpStream own) {
        Map<HttpStream, Integer> before = new HashMap<>();
        opened.forEach(stream -> before.put(stream, stream.events().size()));
        return new Others(own, before);
    }

    /** All streams but one. */
    public final class Others {
        private final HttpStream own;
        private final Map<HttpStream, Integer> before;

        private Others(HttpStream own, Map<HttpStream, Integer> before) {
            this.own = own;
            this.before = before;
        }

        /** Whether such an event has come on another stream, or one has before in this run. */
        public boolean bring(Predicate<SseEvent> wanted) {
            astray = astray
                    || opened.stream()
                            .filter(stream -> stream != own)
                            .flatMap(stream -> stream.events().stream().skip(before.getOrDefault(stream, 0)))
                            .anyMatch(wanted);
            return astray;
        }
    }
}
