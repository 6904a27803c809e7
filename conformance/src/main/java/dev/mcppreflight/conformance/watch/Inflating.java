package dev.mcppreflight.conformance.watch;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks what was compressed as it passes, octet group by octet group: a stream of events shows its events at once. */
final class Inflating implements Framing.Content, AutoCloseable {

    private static final int LONGEST_HEAD = 64 * 1024;

    private final Framing.Content plain;
    private final Inflater inflater;
    private final byte[] unpacked = new byte[16 * 1024];
    private byte[] head = {};
    private boolean begun;
    private boolean broken;

    private Inflating(boolean gzip, Framing.Content plain) {
        this.plain = plain;
        this.inflater = new Inflater(gzip);
        this.begun = !gzip;
    }

    /** Unpacks gzip (RFC 1952). */
    static Inflating gzip(Framing.Content plain) {
        return new Inflating(true, plain);
    }

    /** Unpacks what HTTP calls deflate (RFC 1950). */
    static Inflating deflate(Framing.Content plain) {
        return new Inflating(false, plain);
    }

    /** Whether it could not be unpacked. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        if (broken || inflater.finished()) {
            return;
        }
        if (begun) {
            inflate(octets, offset, length);
            return;
        }
        head = Arrays.copyOf(head, head.length + length);
        System.arraycopy(octets, offset, head, head.length - length, length);
        int end = endOfHead();
        broken = end < 0 || head.length > LONGEST_HEAD;
        if (end > 0 && !broken) {
            begun = true;
            inflate(head, end, head.length - end);
            head = new byte[0];
        }
    }

    private void inflate(byte[] octets, int offset, int length) {
        inflater.setInput(octets, offset, length);
        try {
            while (!inflater.finished() && !inflater.needsInput() && !inflater.needsDictionary()) {
                int count = inflater.inflate(unpacked);
                if (count > 0) {
                    plain.accept(unpacked, 0, count);
                }
            }
        } catch (DataFormatException e) {
            broken = true;
        }
    }

    /** Where the head ends; 0 while it has not come whole, negative where it is none. */
    private int endOfHead() {
        if (head.length < 10) {
            return 0;
        }
        if (head[0] != 0x1f || head[1] != (byte) 0x8b || head[2] != 8) {
            return -1;
        }
        int flags = head[3];
        int at = 10;
        if ((flags & 4) != 0) {
            if (head.length < at + 2) {
                return 0;
            }
            at += 2 + (head[at] & 0xFF) + ((head[at + 1] & 0xFF) << 8);
        }
        for (int text = 8; text <= 16; text *= 2) {
            if ((flags & text) != 0) {
                while (at < head.length && head[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        at += (flags & 2) != 0 ? 2 : 0;
        return at <= head.length ? at : 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
