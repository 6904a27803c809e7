package dev.mcppreflight.conformance.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/**
 * The end of the standard input that a program was given: whoever started it holds that, and lets go of it at its end. An input
 * that is at its end from the beginning, as a background job of a shell has it, says nothing.
 */
final class InputEnd {

    private static final long AT_ONCE_NANOS = 200_000_000;

    private InputEnd() {}

    /** Lets the latch down at that end. */
    static void await(Shell shell, CountDownLatch over) {
        Thread reader = new Thread(
                () -> {
                    if (isEnded(shell)) {
                        over.countDown();
                    }
                },
                "standard-input");
        reader.setDaemon(true);
        reader.start();
    }

    private static boolean isEnded(Shell shell) {
        try {
            long start = System.nanoTime();
            boolean empty = shell.in().read() < 0;
            boolean atOnce = System.nanoTime() - start < AT_ONCE_NANOS;
            if (empty && atOnce) {
                return false;
            }
            shell.in().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            return true;
        }
    }
}
