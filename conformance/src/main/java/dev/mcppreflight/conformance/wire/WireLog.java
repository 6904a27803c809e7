package dev.mcppreflight.conformance.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The exchanges of one conversation, in the order in which they began. Append-only and safe for several threads. */
public final class WireLog {

    private final Redactor redactor;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();

    /** @param redactor takes the secrets out of everything that is recorded here */
    public WireLog(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Begins to record an exchange. */
    public Recording begin(String purpose, String method, String url, List<Header> headers, String body) {
        Recording recording = new Recording(redactor, purpose, method, url, headers, body);
        recordings.add(recording);
        return recording;
    }

    /** Redacted pictures of all exchanges as they stand. */
    public List<Exchange> exchanges() {
        return recordings.stream().map(Recording::exchange).toList();
    }
}
