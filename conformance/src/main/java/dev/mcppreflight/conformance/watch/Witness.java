package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.wire.SseEvent;

/** Is told of what passes, by the threads of the connections, and must not keep them waiting. */
interface Witness {

    /** Something is asked; what is answered is taken down by whom this gives back. */
    Overhearing asked(Overhearing.Asked asked, boolean cut);

    /** The head of an answer came. */
    void answered(Overhearing overhearing);

    /** An event came on a stream. */
    void event(Overhearing overhearing, SseEvent event);

    /** It is over. */
    void ended(Overhearing overhearing);

    /** Something that is no exchange is worth a line. */
    void remark(String line);
}
