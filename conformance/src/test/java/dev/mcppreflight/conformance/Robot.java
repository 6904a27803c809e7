package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.signin.PageForm;
import dev.mcppreflight.conformance.target.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A browser without a past and its user in one: says that it is alice, and allows whatever it is asked for. */
public final class Robot implements Browser {

    private static final Path AUTHORITY = Path.of("..", "fixtures", "tls", "ca.pem");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A page to sign in at, one that asks, and one to spare. */
    private static final int MOST_FORMS = 3;

    @Override
    public void open(URI page) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .sslContext(trusting())
                .build();
        HttpResponse<String> shown = send(client, HttpRequest.newBuilder(page));
        for (int forms = 0; forms < MOST_FORMS; forms++) {
            Optional<PageForm> form = PageForm.of(shown.body(), label -> !label.matches("(?is).*(deny|cancel).*"));
            if (form.isEmpty()) {
                return;
            }
            shown = send(client, filledIn(form.get(), shown.uri()));
        }
    }

    private static HttpRequest.Builder filledIn(PageForm form, URI page) {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        form.blanks().forEach(name -> fields.put(name, "alice"));
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(page.resolve(form.action()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static SSLContext trusting() {
        try (InputStream file = Files.newInputStream(AUTHORITY)) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            authorities.setCertificateEntry(
                    "preflight", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
