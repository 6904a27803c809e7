package dev.mcppreflight.server.embedding;

import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model behind an HTTP service with OpenAI's embeddings API. */
public final class OpenAiEmbeddings implements EmbeddingModel {

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int BATCH = 64;
    /** Models that give vectors as short as one asks for; others may refuse to be asked. */
    private static final String SHORTENING = "text-embedding-3";

    private static final int TOO_MANY_REQUESTS = 429;

    private final OpenAiSettings settings;
    private final JsonCodec json;
    private final EmbeddingSpace space;
    private final HttpClient client;

    /** Creates a client; nothing is asked of the service yet. */
    public OpenAiEmbeddings(OpenAiSettings settings, JsonCodec json) {
        this.settings = settings;
        this.json = json;
        this.space = new EmbeddingSpace(settings.model(), settings.dimensions());
        this.client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    @Override
    public EmbeddingSpace space() {
        return space;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Vectors embedQuestion(String text) {
        return embed(List.of(text), System.nanoTime() + settings.patience().toNanos());
    }

    @Override
    public Vectors embed(List<String> texts) {
        return embed(texts, System.nanoTime() + FOR_EVER.toNanos());
    }

    private Vectors embed(List<String> texts, long end) {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            vectors.addAll(vectors(post(batch, end), batch.size()));
        }
        try {
            return new Vectors(space, vectors);
        } catch (IllegalArgumentException e) {
            throw new EmbeddingException(
                    "the embedding service sent something else than vectors of its model: " + e.getMessage());
        }
    }

    private byte[] post(List<String> texts, long end) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(settings.baseUrl().toString().replaceAll("/+$", "") + "/embeddings"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.write(wanted(texts))));
        if (settings.key() != null) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        for (int attempt = 1; ; attempt++) {
            Duration pause = Duration.ofMillis(200L << attempt);
            String problem;
            try {
                Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                request.timeout(left.compareTo(settings.timeout()) < 0 ? left : settings.timeout());
                HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
                if (response.statusCode() == 200) {
                    return response.body();
                }
                problem = "the embedding service answers " + response.statusCode();
                if (response.statusCode() != TOO_MANY_REQUESTS && response.statusCode() < 500) {
                    throw new EmbeddingException(problem);
                }
                pause = response.headers()
                        .firstValue("Retry-After")
                        .filter(value -> value.matches("\\d{1,6}"))
                        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                        .orElse(pause);
            } catch (IOException e) {
                problem =
                        "the embedding service does not answer: " + e.getClass().getSimpleName();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddingException("interrupted", e);
            }
            if (attempt >= settings.attempts()
                    || pause.compareTo(settings.longestWait()) > 0
                    || pause.toNanos() >= end - System.nanoTime()) {
                throw new EmbeddingException(problem + " (attempts: " + attempt + ")");
            }
            sleep(pause);
        }
    }

    private Map<String, Object> wanted(List<String> texts) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("model", settings.model());
        wanted.put("input", texts);
        wanted.put("encoding_format", "float");
        if (settings.model().startsWith(SHORTENING)) {
            wanted.put("dimensions", settings.dimensions());
        }
        return wanted;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddingException("interrupted", e);
        }
    }

    /** Puts each vector where its index says: the order of the answer is not promised. */
    private List<float[]> vectors(byte[] body, int expected) {
        float[][] vectors = new float[expected][];
        try {
            for (Object entry : (List<?>) ((Map<?, ?>) json.parse(body)).get("data")) {
                Map<?, ?> item = (Map<?, ?>) entry;
                int index = ((Number) item.get("index")).intValue();
                List<?> numbers = (List<?>) item.get("embedding");
                if (vectors[index] != null) {
                    throw new EmbeddingException("the embedding service sent two vectors for one text");
                }
                vectors[index] = new float[numbers.size()];
                for (int i = 0; i < numbers.size(); i++) {
                    vectors[index][i] = ((Number) numbers.get(i)).floatValue();
                }
            }
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new EmbeddingException("the embedding service sent something else than vectors", e);
        }
        if (Arrays.asList(vectors).contains(null)) {
            throw new EmbeddingException("the embedding service sent fewer vectors than there were texts");
        }
        return List.of(vectors);
    }
}
