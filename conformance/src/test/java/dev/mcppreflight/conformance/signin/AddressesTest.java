package dev.mcppreflight.conformance.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 3986 (section 6.2) takes for the same, and RFC 8252 for as safe as TLS. */
class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp, https://a.example/mcp, true",
        "https://a.example:443/mcp, https://a.example/mcp, true",
        "https://a.example/mcp, https://a.example:443/mcp, true",
        "http://127.0.0.1:80/mcp, http://127.0.0.1/mcp, true",
        "HTTPS://A.Example/mcp, https://a.example/mcp, true",
        "https://a.example/mcp/, https://a.example/mcp, true",
        "https://a.example/mcp, https://a.example/mcp/, true",
        "https://a.example/, https://a.example, true",
        "https://a.example, https://a.example/?key=1, true",
        "http://[::1]:8000/mcp, http://[::1]:8000/mcp, true",
        "https://a.example/MCP, https://a.example/mcp, false",
        "https://a.example:8443/mcp, https://a.example/mcp, false",
        "http://a.example/mcp, https://a.example/mcp, false",
        "https://a.example, https://a.example/mcp, false"
    })
    void aResourceIsTheAddress(String named, String entered, boolean same) {
        String document = "https://a.example/.well-known/oauth-protected-resource/mcp";
        assertEquals(same, Addresses.isResource(named, document, entered));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/token, true",
        "HTTPS://a.example/token, true",
        "http://localhost:9000/token, true",
        "http://auth.localhost:9000/token, true",
        "http://127.0.0.53/token, true",
        "http://[::1]:9000/token, true",
        "http://a.example/token, false",
        "http://localhost.example/token, false",
        "/token, false",
        "http://, false"
    })
    void secretsGoOverTlsOrStayHere(String address, boolean secure) {
        assertEquals(secure, Addresses.isSecure(address));
    }
}
