package dev.mcppreflight.conformance;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/**
 * A fault over standard streams: each start of its command is a process of its own, whose mind is a thread of this one. Like
 * {@code preflight fault ID}, but without the start of a whole virtual machine, of which a check takes a dozen.
 */
final class StdioFault implements AutoCloseable {

    private final Mind mind;
    private final ServerSocket door;

    private StdioFault(Mind mind, ServerSocket door) {
        this.mind = mind;
        this.door = door;
    }

    /** What the process does with its standard streams; its exit code comes of it. */
    @FunctionalInterface
    interface Mind {
        int run(InputStream in, OutputStream out, OutputStream err);
    }

    static StdioFault ready(Mind mind) throws IOException {
        StdioFault ready = new StdioFault(mind, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(ready::accept);
        return ready;
    }

    /** The command that starts it. */
    List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                Path.of("target", "test-classes").toString(),
                StdioRelay.class.getName(),
                String.valueOf(door.getLocalPort()));
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket relay = door.accept();
                daemon(() -> serve(relay));
            } catch (IOException e) {
                // Closed: nobody starts it any more.
            }
        }
    }

    private void serve(Socket relay) {
        try (relay) {
            DataOutputStream frames = new DataOutputStream(relay.getOutputStream());
            int code = mind.run(
                    relay.getInputStream(), new Framed(StdioRelay.OUT, frames), new Framed(StdioRelay.ERR, frames));
            frames.write(new Framed(StdioRelay.EXIT, frames).head(code));
        } catch (IOException e) {
            // The process was ended from outside.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "stdio-fault");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the streams of the process on the one that leads to it. */
    private static final class Framed extends OutputStream {
        private final int kind;
        private final DataOutputStream frames;

        private Framed(int kind, DataOutputStream frames) {
            this.kind = kind;
            this.frames = frames;
        }

        private byte[] head(int size) {
            return new byte[] {(byte) kind, (byte) (size >>> 24), (byte) (size >>> 16), (byte) (size >>> 8), (byte) size
            };
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            synchronized (frames) {
                frames.write(head(count));
                frames.write(octets, from, count);
                frames.flush();
            }
        }
    }
}
