package dev.mcppreflight.conformance.fault.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Ends connections so that the last words arrive. */
public final class Lingering {

    private static final int MILLIS = 200;

    private Lingering() {}

    /** Closing with unread input would reset the connection, and could destroy the answer on its way. */
    public static void end(Socket socket, InputStream in) throws IOException {
        socket.shutdownOutput();
        drain(socket, in);
    }

    /** Reads what the client still sends, until it closes or is quiet. */
    public static void drain(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(MILLIS);
        try {
            in.skip(HttpReader.MAX_BODY);
        } catch (SocketTimeoutException e) {
            // The client is quiet.
        }
    }
}
