package dev.mcppreflight.server.everything;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The smallest of each kind of content. */
final class Samples {

    /** A PNG of one red pixel, in Base64. */
    static final String PNG = Base64.getEncoder().encodeToString(png());

    /** A tenth of a second of silence as WAV, in Base64. */
    static final String WAV = Base64.getEncoder().encodeToString(wav());

    private static final int RATE = 8000;
    private static final int SAMPLES = RATE / 10;
    private static final int HEADER = 44;

    private Samples() {}

    /** Returns text content. */
    static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    /** Returns image content. */
    static Map<String, Object> image() {
        return Map.of("type", "image", "data", PNG, "mimeType", "image/png");
    }

    /** Returns audio content. */
    static Map<String, Object> audio() {
        return Map.of("type", "audio", "data", WAV, "mimeType", "audio/wav");
    }

    /** Returns a resource as content. */
    static Map<String, Object> resource(String uri, String mimeType, String text) {
        return Map.of("type", "resource", "resource", Map.of("uri", uri, "mimeType", mimeType, "text", text));
    }

    private static byte[] png() {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(1).putInt(1).put((byte) 8).put((byte) 2);
        Deflater deflater = new Deflater();
        // One row: no filter, then red, green and blue.
        deflater.setInput(new byte[] {0, (byte) 0xff, 0, 0});
        deflater.finish();
        byte[] packed = new byte[64];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteBuffer png = ByteBuffer.allocate(8 + 3 * 12 + header.capacity() + length);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(png, "IHDR", header.array(), header.capacity());
        chunk(png, "IDAT", packed, length);
        chunk(png, "IEND", new byte[0], 0);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] data, int length) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(data, 0, length);
        png.putInt(length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data, 0, length);
        png.putInt((int) sum.getValue());
    }

    private static byte[] wav() {
        ByteBuffer wav = ByteBuffer.allocate(HEADER + SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + SAMPLES);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE);
        wav.putShort((short) 1).putShort((short) 8);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(SAMPLES);
        while (wav.hasRemaining()) {
            // The middle of eight bits without sign.
            wav.put((byte) 0x80);
        }
        return wav.array();
    }
}
