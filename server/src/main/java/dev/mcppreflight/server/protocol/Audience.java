package dev.mcppreflight.server.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The clients of all transports that are there now. */
public final class Audience {

    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
    private final JsonCodec json;

    /** Creates an empty audience. */
    public Audience(JsonCodec json) {
        this.json = json;
    }

    /** Notes that this client has come. */
    public void add(Peer peer) {
        peers.add(peer);
    }

    /** Notes that this client has gone, and ends what is under way for it. */
    public void remove(Peer peer) {
        peers.remove(peer);
        peer.close();
    }

    /** Sends a notification to those of the clients that have initialized and are of this kind. */
    public void tell(String method, Object params, Predicate<Peer> which) {
        byte[] message = json.write(Notice.of(method, params));
        for (Peer peer : peers) {
            if (peer.isIntroduced() && which.test(peer)) {
                peer.send(message);
            }
        }
    }
}
