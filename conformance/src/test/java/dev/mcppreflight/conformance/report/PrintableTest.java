package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leavesReadableTextAlone() {
        assertEquals("Prüfung 你好 🚀 <&>", Printable.line("Prüfung 你好 🚀 <&>"));
    }

    @Test
    void writesOutWhatATerminalWouldObey() {
        assertEquals("\\u001b[31m\\u0007\\u009b", Printable.line("\u001b[31m\u0007\u009b"));
        assertEquals("\\u202eabc\\u2066", Printable.line("\u202eabc\u2066"));
        assertEquals("\\ud800", Printable.line("\uD800"));
        assertEquals("\\udb40\\udc41", Printable.line("\uDB40\uDC41"));
    }

    @Test
    void keepsLinesOnlyWhereTheyAreWanted() {
        assertEquals("a\\nb\\tc", Printable.line("a\nb\tc"));
        assertEquals("a\nb\\rc", Printable.text("a\r\nb\rc"));
    }

    @Test
    void saysWhatItCut() {
        assertEquals("abc... (3 more)", Printable.line("abcdef", 3));
        assertEquals("abc", Printable.line("abc", 3));
        assertEquals("a... (2 more)", Printable.line("a🚀", 2));
    }
}
