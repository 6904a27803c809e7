package dev.mcppreflight.server.protocol;

/** What whoever answers a request may tell the client meanwhile, and learn about it. */
public interface RequestContext {

    /** The context of a caller who just waits, as over REST. */
    RequestContext NONE = new RequestContext() {
        @Override
        public void progress(double done, double total, String message) {
            // Nobody asked.
        }

        @Override
        public void checkCancelled() {
            // Nobody can.
        }
    };

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
}
