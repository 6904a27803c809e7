package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;

/** The context of a caller who just waits. */
final class Silence implements RequestContext {

    private final Peer peer = new Peer(Outlet.NOWHERE, null);

    @Override
    public void progress(double done, double total, String message) {
        // Nobody asked.
    }

    @Override
    public void checkCancelled() {
        // Nobody can.
    }

    @Override
    public void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelled();
        }
    }

    @Override
    public void log(LogLevel level, String logger, Object data) {
        // Nobody reads it.
    }

    @Override
    public Map<String, Map<?, ?>> ask(List<Inquiry> inquiries) {
        throw new ClientFailure("the client cannot be asked over this interface");
    }

    @Override
    public void letGo() {
        // There is no stream.
    }

    @Override
    public Peer peer() {
        return peer;
    }
}
