package dev.mcppreflight.server.replicas;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Small things under names that all replicas of a server keep in common, each until its time is over. */
public interface Shelf {

    /** How many things there are at most; of more, those go whose time is over first. */
    int MOST = 1000;

    /** As long as the shelf itself. */
    Duration ALWAYS = Duration.ofDays(36_500);

    /**
     * Changes what lies under a name; of several who do so at once, each sees what the one before has left.
     *
     * @param name printable characters, at most 100
     * @param life how long it lies there, counted from when it is laid there
     * @param change makes what lies there from now on of what lies there, each possibly nothing; nothing changes nothing
     * @return what it has made
     * @throws UnreachableException when the replicas have no common shelf at the moment
     */
    Optional<byte[]> change(String name, Duration life, UnaryOperator<Optional<byte[]>> change);
}
