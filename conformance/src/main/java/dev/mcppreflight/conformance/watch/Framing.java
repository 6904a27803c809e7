package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.wire.Header;
import java.util.List;
import java.util.Locale;

/**
 * Where a body ends (RFC 9112 section 6.3). It looks at octets that are forwarded as they are, and tells which of them are
 * content; nothing is put right.
 */
abstract class Framing {

    /** Takes the content without what frames it. */
    @FunctionalInterface
    interface Content {
        Content NOWHERE = (octets, offset, length) -> {};

        void accept(byte[] octets, int offset, int length);
    }

    /** How many of these octets belong to the body. */
    abstract int take(byte[] octets, int offset, int length, Content content);

    /** Whether the body has come to its end. */
    abstract boolean isDone();

    /** What is wrong with it where the connection ends here; empty where that is its end. */
    abstract String lackAtEnd();

    /** Whether its end is that of the connection. */
    boolean needsClose() {
        return false;
    }

    /** That of a request. */
    static Framing ofRequest(Head head) {
        if (head.says("Transfer-Encoding", "chunked")) {
            return new Chunked();
        }
        return Header.first(head.headers(), "Content-Length")
                .map(Framing::length)
                .<Framing>map(Fixed::new)
                .orElseGet(() -> new Fixed(0));
    }

    /** That of an answer. */
    static Framing ofAnswer(String method, int status, List<Header> headers) {
        if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
            return new Fixed(0);
        }
        boolean chunked = Header.first(headers, "Transfer-Encoding")
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
        if (chunked) {
            return new Chunked();
        }
        Long length =
                Header.first(headers, "Content-Length").map(Framing::length).orElse(null);
        return length == null ? new Open() : new Fixed(length);
    }

    private static Long length(String value) {
        return value.trim().matches("\\d{1,18}") ? Long.valueOf(value.trim()) : null;
    }

    /** A body of announced length. */
    private static final class Fixed extends Framing {
        private final long announced;
        private long left;

        private Fixed(long announced) {
            this.announced = announced;
            this.left = announced;
        }

        @Override
        int take(byte[] octets, int offset, int length, Content content) {
            int taken = (int) Math.min(length, left);
            left -= taken;
            content.accept(octets, offset, taken);
            return taken;
        }

        @Override
        boolean isDone() {
            return left == 0;
        }

        @Override
        String lackAtEnd() {
            return left == 0
                    ? ""
                    : "the body ended after " + (announced - left) + " of " + announced + " announced octets";
        }
    }

    /** A body that ends with its connection. */
    private static class Open extends Framing {
        @Override
        int take(byte[] octets, int offset, int length, Content content) {
            content.accept(octets, offset, length);
            return length;
        }

        @Override
        boolean isDone() {
            return false;
        }

        @Override
        String lackAtEnd() {
            return "";
        }

        @Override
        boolean needsClose() {
            return true;
        }
    }

    /** A body in chunks (RFC 9112 section 7.1). */
    private static final class Chunked extends Framing {
        private static final int LONGEST_LINE = 1_000;

        private enum Place {
            SIZE,
            DATA,
            AFTER_DATA,
            TRAILERS,
            DONE,
            /** What should be a size is none: nobody knows where this body ends. */
            LOST
        }

        private final StringBuilder line = new StringBuilder();
        private Place place = Place.SIZE;
        private long left;

        @Override
        int take(byte[] octets, int offset, int length, Content content) {
            int at = offset;
            while (at < offset + length && place != Place.DONE && place != Place.LOST) {
                if (place == Place.DATA) {
                    int count = (int) Math.min(offset + length - at, left);
                    content.accept(octets, at, count);
                    at += count;
                    left -= count;
                    place = left == 0 ? Place.AFTER_DATA : Place.DATA;
                } else {
                    octet(octets[at++]);
                }
            }
            return place == Place.LOST ? length : at - offset;
        }

        private void octet(byte octet) {
            if (octet != '\n') {
                if (octet != '\r') {
                    line.append((char) (octet & 0xFF));
                }
                place = line.length() > LONGEST_LINE ? Place.LOST : place;
                return;
            }
            String text = line.toString();
            line.setLength(0);
            place = switch (place) {
                case SIZE -> size(text);
                case AFTER_DATA -> Place.SIZE;
                default -> text.isEmpty() ? Place.DONE : Place.TRAILERS;
            };
        }

        private Place size(String text) {
            int semicolon = text.indexOf(';');
            String digits = (semicolon < 0 ? text : text.substring(0, semicolon)).trim();
            if (!digits.matches("[0-9a-fA-F]{1,15}")) {
                return Place.LOST;
            }
            left = Long.parseLong(digits, 16);
            return left == 0 ? Place.TRAILERS : Place.DATA;
        }

        @Override
        boolean isDone() {
            return place == Place.DONE;
        }

        @Override
        String lackAtEnd() {
            return switch (place) {
                case DONE -> "";
                case DATA -> "the body ended within a chunk";
                case LOST -> "a chunk without a size";
                default -> "the body ended without its last chunk";
            };
        }

        @Override
        boolean needsClose() {
            return place == Place.LOST;
        }
    }
}
