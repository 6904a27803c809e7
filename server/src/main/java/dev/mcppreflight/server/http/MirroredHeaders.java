package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MirroredArgument;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.stateless.StatelessProtocol;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.servlet.http.HttpServletRequest;

/**
 * The headers that repeat what a body says, for those who do not read bodies (2026-07-28, basic/transports/streamable-http,
 * "Request Metadata"). They have to agree: else a proxy would let through what the server takes for something else.
 */
final class MirroredHeaders {

    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final Map<String, String> NAMED_BY =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    private final Function<String, List<MirroredArgument>> arguments;

    /**
     * Creates the rules.
     *
     * @param arguments the arguments that are repeated, by the name of the tool
     */
    MirroredHeaders(Function<String, List<MirroredArgument>> arguments) {
        this.arguments = arguments;
    }

    /** Returns where the headers do not repeat this request, or nothing. */
    Optional<RpcError> objection(HttpServletRequest request, Message.Request call) {
        try {
            agree(Era.VERSION, plain(request, Era.VERSION), StatelessProtocol.version(call));
            agree(METHOD, plain(request, METHOD), Optional.of(call.method()));
            String member = NAMED_BY.get(call.method());
            if (member != null && call.members().get(member) instanceof String name) {
                agree(NAME, decoded(request, NAME), Optional.of(name));
                if (call.method().equals("tools/call")) {
                    agree(request, name, call);
                }
            }
            return Optional.empty();
        } catch (Mismatch e) {
            return Optional.of(new RpcError(RpcError.HEADER_MISMATCH, "Header mismatch: " + e.getMessage()));
        }
    }

    private void agree(HttpServletRequest request, String tool, Message.Request call) {
        Map<?, ?> given = call.members().get("arguments") instanceof Map<?, ?> object ? object : Map.of();
        for (MirroredArgument argument : arguments.apply(tool)) {
            Object value = given.get(argument.name());
            if (value == null && request.getHeader(argument.header()) == null) {
                continue;
            }
            String said = decoded(request, argument.header());
            if (value == null || !isSame(said, value)) {
                throw mismatch(argument.header(), said, String.valueOf(value));
            }
        }
    }

    /** What the body lacks is another fault, of which it is told later. */
    private static void agree(String header, String said, Optional<String> body) {
        if (body.isPresent() && !body.get().equals(said)) {
            throw mismatch(header, said, body.get());
        }
    }

    private static boolean isSame(String said, Object value) {
        if (!(value instanceof Number)) {
            return String.valueOf(value).equals(said);
        }
        try {
            // 42.0 is 42. A long exponent would make a long number.
            return said.length() <= 40 && new BigDecimal(said).compareTo(new BigDecimal(value.toString())) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String plain(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        if (values.size() != 1) {
            throw new Mismatch(values.isEmpty() ? header + " is missing" : header + " is there more than once");
        }
        String value = values.get(0).strip();
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '\t')) {
            throw new Mismatch(header + " has characters that headers cannot have");
        }
        return value;
    }

    private static String decoded(HttpServletRequest request, String header) {
        String value = plain(request, header);
        if (!value.startsWith(ENCODED)
                || !value.endsWith(ENCODED_END)
                || value.length() < ENCODED.length() + ENCODED_END.length()) {
            return value;
        }
        String base64 = value.substring(ENCODED.length(), value.length() - ENCODED_END.length());
        try {
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("padding is missing");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Mismatch(header + " is no Base64 of UTF-8");
        }
    }

    private static Mismatch mismatch(String header, String said, String body) {
        return new Mismatch(header + " says '" + RpcError.quote(said) + "', the body '" + RpcError.quote(body) + "'");
    }

    private static final class Mismatch extends RuntimeException {
        Mismatch(String message) {
            super(message, null, false, false);
        }
    }
}
