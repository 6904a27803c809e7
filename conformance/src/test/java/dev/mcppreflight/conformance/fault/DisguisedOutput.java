package dev.mcppreflight.conformance.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One of the output streams of a process, as a program in another language writes it: its messages in another style, with
 * other ends of lines, and what is no message in the words of other programs. What is written at once is one utterance.
 */
final class DisguisedOutput extends OutputStream {

    private final OutputStream out;
    private final Mutterings mutterings;
    private final Restyled json;
    private final String end;

    DisguisedOutput(OutputStream out, long seed) {
        Random random = new Random(seed);
        this.out = out;
        this.mutterings = new Mutterings(random.nextInt(1_000));
        this.json = new Restyled(seed, random.nextBoolean(), random.nextBoolean());
        this.end = random.nextBoolean() ? "\r\n" : "\n";
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        byte[] said = Arrays.copyOfRange(octets, from, from + count);
        String text = new String(said, StandardCharsets.UTF_8);
        boolean readable = Arrays.equals(said, text.getBytes(StandardCharsets.UTF_8));
        out.write(readable ? dressed(text).getBytes(StandardCharsets.UTF_8) : said);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private String dressed(String text) {
        String said = mutterings.other(text);
        if (!said.equals(text) || !text.endsWith("\n")) {
            return said;
        }
        List<String> lines = text.lines().toList();
        boolean messages = lines.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        return messages ? lines.stream().map(json::text).collect(Collectors.joining(end, "", end)) : text;
    }
}
