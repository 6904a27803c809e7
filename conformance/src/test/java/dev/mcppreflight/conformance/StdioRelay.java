package dev.mcppreflight.conformance;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A process whose standard streams are those of a server in another one: it passes on what it hears, says what it is told, and
 * ends when and as it is told. It needs nothing but the JDK, so that it starts in a sixth of the time of a server.
 */
final class StdioRelay {

    /** What a frame from the server carries: octets for standard output or standard error, or the exit code. */
    static final int OUT = 1;

    static final int ERR = 2;
    static final int EXIT = 3;

    private StdioRelay() {}

    /** @param arguments the port of the server on this machine */
    public static void main(String[] arguments) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            Thread listening = new Thread(() -> passOn(System.in, server));
            listening.setDaemon(true);
            listening.start();
            Runtime.getRuntime().halt(say(new DataInputStream(server.getInputStream())));
        }
    }

    private static void passOn(InputStream heard, Socket server) {
        try {
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int count = heard.read(buffer); count >= 0; count = heard.read(buffer)) {
                out.write(buffer, 0, count);
            }
            server.shutdownOutput();
        } catch (IOException e) {
            // The server is gone, which the other thread sees as well.
        }
    }

    private static int say(DataInputStream frames) throws IOException {
        try {
            while (true) {
                int kind = frames.readUnsignedByte();
                int size = frames.readInt();
                if (kind == EXIT) {
                    return size;
                }
                PrintStream to = kind == OUT ? System.out : System.err;
                to.write(frames.readNBytes(size));
                to.flush();
            }
        } catch (EOFException e) {
            return 1;
        }
    }
}
