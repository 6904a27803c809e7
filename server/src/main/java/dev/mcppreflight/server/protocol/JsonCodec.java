package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON in and out, through the SDK's mapper, so that its types look the same on every transport. */
public final class JsonCodec {

    private static final TypeRef<Object> ANY = new TypeRef<>() {};
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final McpJsonMapper mapper;

    /** Creates a codec on this mapper. */
    public JsonCodec(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns the mapper behind this codec. */
    public McpJsonMapper mapper() {
        return mapper;
    }

    /**
     * Parses UTF-8 text to maps, lists, strings, numbers, booleans and null.
     *
     * @throws IllegalArgumentException when it is not exactly one JSON value
     */
    public Object parse(byte[] utf8) {
        try {
            return mapper.readValue(utf8, ANY);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /**
     * Reads a value of this type.
     *
     * @throws UncheckedIOException when the text does not fit the type
     */
    public <T> T read(byte[] utf8, Class<T> type) {
        try {
            return mapper.readValue(utf8, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the value as UTF-8 JSON without line breaks. */
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the value as JSON text without line breaks. */
    public String writeText(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the value as a JSON object, its members in the order in which the value declares them. */
    public Map<String, Object> toObject(Object value) {
        return mapper.convertValue(value, OBJECT);
    }
}
