package dev.mcppreflight.server.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are keys. */
class ApiKeyTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "short-key",
                "fifteen-charact",
                "your-secret-key-here",
                "change-me-change-me",
                "your_api_key_0000",
                "aaaaaaaaaaaaaaaaaaaa",
                "my-super-secret-key",
                "0123456789abcdef"
            })
    void samplesAreRefused(String key) {
        String message = assertThrows(IllegalArgumentException.class, () -> new ApiKey(key))
                .getMessage();
        assertTrue(message.contains("MCP_API_KEY"), message);
        assertFalse(key != null && !key.isBlank() && message.contains(key), message);
    }

    @Test
    void aRealKeyMatchesItselfOnly() {
        ApiKey key = new ApiKey("f3b1c9d27e5a4806");
        assertTrue(key.matches(ApiKey.digest("f3b1c9d27e5a4806")));
        assertFalse(key.matches(ApiKey.digest("f3b1c9d27e5a4807")));
        assertFalse(key.matches(ApiKey.digest("F3B1C9D27E5A4806")));
        assertFalse(key.matches(ApiKey.digest("")));
    }
}
