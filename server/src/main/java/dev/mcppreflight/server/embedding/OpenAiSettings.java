package dev.mcppreflight.server.embedding;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach a service that speaks OpenAI's embeddings API.
 *
 * @param baseUrl where it is, up to and including {@code /v1}
 * @param key the key, or null when it asks for none
 * @param model the model
 * @param dimensions how many numbers its vectors have
 * @param timeout how long one request may take
 * @param attempts how often a request is tried when the service is busy or fails
 * @param longestWait how long to wait for a service that is busy, at most, before the next attempt
 * @param patience how long somebody waits for the vector of a question at most, all attempts together
 */
public record OpenAiSettings(
        URI baseUrl,
        String key,
        String model,
        int dimensions,
        Duration timeout,
        int attempts,
        Duration longestWait,
        Duration patience) {

    /** Leaves out the key. */
    @Override
    public String toString() {
        return model + " at " + baseUrl;
    }
}
