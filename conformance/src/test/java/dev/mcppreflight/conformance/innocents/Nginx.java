package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of somebody else behind a real nginx, which speaks TLS and adds a path of its own. */
final class Nginx implements Innocent {

    private static final Path TLS = Path.of("..", "fixtures", "tls");
    private static final char[] PASSWORD = "password".toCharArray();

    /** As the documentation of nginx and the makers of MCP servers would have it for event streams. */
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%1$d ssl;
                server_name localhost;
                ssl_certificate server.pem;
                ssl_certificate_key server.key;
                location = /library/mcp {
                  proxy_pass %2$s;
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header Connection "";
                  proxy_set_header X-Forwarded-Proto https;
                  proxy_set_header X-Forwarded-Prefix /library;
                  proxy_buffering off;
                  proxy_read_timeout 1h;
                }
              }
            }
            """;

    private final Innocent upstream;
    private final Process process;
    private final Target target;

    private Nginx(Innocent upstream, Process process, Target target) {
        this.upstream = upstream;
        this.process = process;
        this.target = target;
    }

    /** Starts the server and nginx before it; without nginx the test is aborted, and fails on a machine of CI. */
    static Innocent before(String kind) throws IOException, GeneralSecurityException {
        int port = NpmServers.freePort();
        Innocent upstream = NpmServers.script("typescript.mjs", kind, "/mcp", Map.of("HOSTS", "localhost:" + port));
        try {
            Path home = Files.createDirectories(Path.of("target", "innocents", "nginx-" + port))
                    .toAbsolutePath();
            writeCertificate(home);
            Files.writeString(
                    home.resolve("nginx.conf"),
                    CONFIGURATION.formatted(port, upstream.target().url()));
            Process process = new ProcessBuilder("nginx", "-p", home.toString(), "-c", "nginx.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("error.log").toFile())
                    .start();
            Target target = Target.of(URI.create("https://localhost:" + port + "/library/mcp"))
                    .withAuthority(TLS.resolve("ca.pem"));
            Nginx running = new Nginx(upstream, process, target);
            try {
                NpmServers.awaitListener(
                        process, port, home.resolve("error.log").toFile());
            } catch (IOException e) {
                running.close();
                throw e;
            }
            return running;
        } catch (IOException e) {
            upstream.close();
            throw NpmServers.unavailable("nginx does not start: " + e.getMessage(), e);
        }
    }

    private static void writeCertificate(Path home) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(TLS.resolve("healthy.p12"))) {
            keys.load(in, PASSWORD);
        }
        List<String> chain = new ArrayList<>();
        for (Certificate certificate : keys.getCertificateChain("server")) {
            chain.add(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(home.resolve("server.pem"), String.join("", chain));
        Files.writeString(
                home.resolve("server.key"),
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void close() {
        // Its worker is a process of its own, which only an orderly end takes along.
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        upstream.close();
    }
}
