package dev.mcppreflight.conformance.client;

import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The JDK's client with a recorder in it, so that the SDK's traffic leaves the same evidence as the probe's. */
final class RecordingHttpClient extends HttpClient {

    static final String PURPOSE = "the Java SDK's client";

    private static final int MAX_BODY = 256 * 1024;

    private final HttpClient client;
    private final WireLog log;

    private RecordingHttpClient(HttpClient client, WireLog log) {
        this.client = client;
        this.log = log;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Recording recording = begin(request);
        try {
            return client.send(request, recorded(handler, recording));
        } catch (IOException e) {
            recording.failed(Failure.Kind.CLOSED, e.getMessage());
            throw e;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushes) {
        Recording recording = begin(request);
        return client.sendAsync(request, recorded(handler, recording), pushes).whenComplete((response, failure) -> {
            if (failure != null) {
                recording.failed(Failure.Kind.CLOSED, failure.getMessage());
            }
        });
    }

    private Recording begin(HttpRequest request) {
        return log.begin(PURPOSE, request.method(), request.uri().toString(), headers(request.headers()), null);
    }

    private static List<Header> headers(HttpHeaders headers) {
        List<Header> list = new ArrayList<>();
        headers.map().forEach((name, values) -> values.forEach(value -> list.add(new Header(name, value))));
        return list;
    }

    private static <T> HttpResponse.BodyHandler<T> recorded(HttpResponse.BodyHandler<T> handler, Recording recording) {
        return info -> {
            recording.answered(info.statusCode(), headers(info.headers()));
            boolean stream = info.headers()
                    .firstValue("Content-Type")
                    .map(type -> type.startsWith("text/event-stream"))
                    .orElse(false);
            return new RecordingSubscriber<>(handler.apply(info), recording, stream);
        };
    }

    private record RecordingSubscriber<T>(
            HttpResponse.BodySubscriber<T> subscriber, Recording recording, boolean stream, ByteArrayOutputStream body)
            implements HttpResponse.BodySubscriber<T> {

        private RecordingSubscriber(HttpResponse.BodySubscriber<T> subscriber, Recording recording, boolean stream) {
            this(subscriber, recording, stream, new ByteArrayOutputStream());
        }

        @Override
        public CompletionStage<T> getBody() {
            return subscriber.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                ByteBuffer copy = buffer.duplicate();
                while (copy.hasRemaining()) {
                    byte octet = copy.get();
                    if (stream) {
                        recording.streamOctet(octet & 0xFF);
                    } else if (body.size() < MAX_BODY) {
                        body.write(octet);
                    }
                }
            }
            subscriber.onNext(buffers);
        }

        @Override
        public void onError(Throwable problem) {
            recording.failed(Failure.Kind.CLOSED, problem.getMessage());
            subscriber.onError(problem);
        }

        @Override
        public void onComplete() {
            recording.body(body.toString(StandardCharsets.UTF_8));
            recording.ended();
            subscriber.onComplete();
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    /** Builds the recording client; the SDK's transports take a builder, not a client. */
    static final class Builder implements HttpClient.Builder {

        private final HttpClient.Builder builder = HttpClient.newBuilder();
        private final WireLog log;

        Builder(WireLog log) {
            this.log = log;
        }

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            builder.cookieHandler(handler);
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration time) {
            builder.connectTimeout(time);
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            builder.sslContext(context);
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            builder.sslParameters(parameters);
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            builder.executor(executor);
            return this;
        }

        @Override
        public HttpClient.Builder followRedirects(Redirect policy) {
            builder.followRedirects(policy);
            return this;
        }

        @Override
        public HttpClient.Builder version(Version version) {
            builder.version(version);
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            builder.priority(priority);
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            builder.proxy(selector);
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            builder.authenticator(authenticator);
            return this;
        }

        @Override
        public HttpClient build() {
            return new RecordingHttpClient(builder.build(), log);
        }
    }
}
