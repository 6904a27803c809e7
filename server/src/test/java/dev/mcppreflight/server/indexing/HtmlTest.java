package dev.mcppreflight.server.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader of a page sees is what is found in it. */
class HtmlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "le ch&acirc;teau d&rsquo;&Eacute;challens | le château d’Échallens",
                "No&euml;l &agrave; la fen&ecirc;tre, &ccedil;a&nbsp;: 5&#160;&euro; | Noël à la fenêtre, ça : 5\u00a0€",
                "c&#339;ur, l&#146;h&ocirc;tel, l&#x2019;&icirc;le | cœur, l’hôtel, l’île",
                "a &lt; b &amp;&amp; c, &amp;eacute; | a < b && c, &eacute;",
                "x&#0;y&#xD800;z&#x110000; &bogus; &#ab; &; | xyz &bogus; &#ab; &;",
                "<p>one</p><script>two()</script><p>three</p> | `one\n\nthree`"
            })
    void charactersAreThoseThatAreMeant(String html, String text) {
        assertEquals(text, Html.text(html));
    }
}
