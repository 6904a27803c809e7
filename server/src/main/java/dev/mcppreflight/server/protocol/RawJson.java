package dev.mcppreflight.server.protocol;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value that is JSON already.
 *
 * @param json the text, without line breaks
 */
public record RawJson(@JsonValue @JsonRawValue String json) {}
