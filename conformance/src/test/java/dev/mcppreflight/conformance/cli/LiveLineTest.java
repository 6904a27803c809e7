package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.report.Language;
import dev.mcppreflight.conformance.report.Words;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who sits at a terminal sees one line that keeps to its place and leaves nothing behind; nobody else sees it. */
class LiveLineTest {

    private static final String START = "\r\u001b[K";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void eachLineTakesThePlaceOfTheLastAndNothingStays() {
        show(shell(true, 80, Map.of()), true, "one", "two");
        assertEquals(START + "one" + START + "two" + START, shown());
    }

    @Test
    void aLongLineIsCutBeforeItWraps() {
        show(shell(true, 12, Map.of()), true, "handshake: 🚀🚀🚀");
        assertEquals(START + "handshake: " + START, shown());
    }

    @Test
    void whatATargetIsCalledMovesNoCursor() {
        show(shell(true, 80, Map.of()), true, "1 of 2: \u001b[2Jowned\nline");
        assertEquals(START + "1 of 2: \\u001b[2Jowned\\nline" + START, shown());
    }

    @Test
    void nobodyElseSeesIt() {
        show(shell(false, 80, Map.of()), true, "piped");
        show(shell(true, 80, Map.of()), false, "quiet");
        show(shell(true, 80, Map.of("NO_COLOR", "1")), true, "plain");
        assertEquals("", shown());
    }

    @Test
    void itSpeaksTheLanguageOfTheReport() {
        LiveLine line = LiveLine.on(shell(true, 80, Map.of()), true);
        new Progress(line, Words.in(Language.FRENCH)).close();
        assertEquals(START + "connexion ..." + START, shown());
    }

    private static void show(Shell shell, boolean wanted, String... texts) {
        try (LiveLine line = LiveLine.on(shell, wanted)) {
            Stream.of(texts).forEach(line::show);
        }
    }

    private Shell shell(boolean terminal, int columns, Map<String, String> environment) {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Shell(
                InputStream.nullInputStream(),
                print,
                print,
                environment,
                new Terminal(false, false, terminal, columns));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
