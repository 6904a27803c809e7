package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.ErrorText;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people paste from a client leads to its likeliest cause. */
class ErrorTextTest {

    private final Catalogue catalogue = new Catalogue();
    private final List<ErrorText> texts = catalogue.errorTexts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Couldn't reach the MCP server. You can check the server URL | NET-001",
                "Error: tools.3.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$' | TOOL-002",
                "spawn npx ENOENT | STDIO-003",
                "SyntaxError: Unexpected token 'S', \"Starting...\" is not valid JSON | STDIO-001",
                "TypeError: fetch failed: unable to verify the first certificate | NET-012",
                "MCP server does not implement OAuth | AUTH-001",
                "connect ECONNREFUSED 127.0.0.1:3000 | NET-005",
                "Error retrieving tool list from MCP server: 'docs'. Http status code: 424 (Failed Dependency) | HOST-007"
            })
    void whatIsPastedIsRecognized(String seen, String cause) {
        ErrorText best = texts.stream()
                .max(Comparator.comparingDouble((ErrorText text) -> text.likeness(seen)))
                .orElseThrow();
        assertEquals(cause, best.causes().get(0), best.says());
    }

    @Test
    void everyCauseIsKnown() {
        for (ErrorText text : texts) {
            assertTrue(!text.where().isBlank() && !text.causes().isEmpty(), text.says());
            text.causes().forEach(id -> assertTrue(catalogue.cause(id).isPresent(), text.says() + ": " + id));
        }
    }

    @Test
    void nothingIsLikeEverything() {
        assertTrue(texts.stream().allMatch(text -> text.likeness("the weather is fine today") == 0));
    }
}
