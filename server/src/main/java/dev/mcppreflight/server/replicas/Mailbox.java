package dev.mcppreflight.server.replicas;

import java.util.function.Consumer;

/** Carries parcels between the replicas of a server that share a database. */
public interface Mailbox extends AutoCloseable {

    /** Returns the name of this replica, eight hexadecimal digits; the ids of its sessions begin with it. */
    String name();

    /** Starts to give the parcels for this replica to a receiver, one by one, in the order in which each sender sent them. */
    void open(Consumer<Parcel> receiver);

    /**
     * Sends a parcel.
     *
     * @return false when there is no such replica, or none any more
     * @throws IllegalStateException when parcels cannot be sent at the moment
     */
    boolean send(String receiver, Parcel parcel);

    /** Tells whether a replica has given a sign of life lately; true when that cannot be found out. */
    boolean reaches(String replica);

    /** Tells the others that this replica ends. */
    @Override
    void close();
}
