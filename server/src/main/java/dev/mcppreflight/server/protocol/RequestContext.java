package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;

/** What whoever answers a request may tell the client meanwhile, and learn from it. */
public interface RequestContext {

    /** The context of a caller who just waits, as over REST. */
    RequestContext NONE = new Silence();

    /**
     * Tells how far the work is, if the client asked to be told; call it as often as is natural.
     *
     * @param done how much is done, more with each call
     * @param total how much there is to do, or 0 when that is unknown
     * @param message one line for a person, or null
     * @throws RequestCancelled when the client has lost interest
     */
    void progress(double done, double total, String message);

    /**
     * Ends the work when the client has lost interest; call it where nothing is left half done.
     *
     * @throws RequestCancelled then
     */
    void checkCancelled();

    /**
     * Waits, but no longer than the client is interested.
     *
     * @param millis how long
     * @throws RequestCancelled when the client has lost interest
     */
    void pause(long millis);

    /**
     * Sends a log message, if the client wants those of this level.
     *
     * @param logger who says it
     * @param data a text or an object, without anything secret
     */
    void log(LogLevel level, String logger, Object data);

    /**
     * Asks the client, and returns its answers by the names of the inquiries. In revisions with sessions it waits, for a
     * minute at most. In later ones the answers come with a repetition of the request, and what calls this is called anew:
     * nothing may be done before that must not be done twice.
     *
     * @throws ClientFailure when the client refuses, cannot be asked or does not answer
     * @throws RequestCancelled when the client has lost interest in its own request
     */
    Map<String, Map<?, ?>> ask(List<Inquiry> inquiries);

    /** Lets go of the client in the middle of the answer, see {@link Outlet#letGo()}. */
    void letGo();

    /** Returns the client. */
    Peer peer();
}
