package dev.mcppreflight.server.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * An authorization server for tries and tests: Spring's, on loopback, with the parts on top that MCP clients ask for. Who
 * is at this machine signs in by one click, so it never listens anywhere else.
 */
public final class DemoIssuer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int FEW_THREADS = 8;

    private final URI url;
    private final Tomcat tomcat;
    private final AnnotationConfigApplicationContext spring;
    private final Path folder;

    private DemoIssuer(URI url, Tomcat tomcat, AnnotationConfigApplicationContext spring, Path folder) {
        this.url = url;
        this.tomcat = tomcat;
        this.spring = spring;
        this.folder = folder;
    }

    /**
     * How it behaves.
     *
     * @param port the port on 127.0.0.1; 0 takes a free one
     * @param scopes what clients may ask for; the first is granted to those who ask for nothing
     * @param resource the audience of tokens for clients that name no resource; asked for with each token
     * @param loopbackClients whether client metadata documents are also taken from http addresses of this machine
     */
    public record Options(int port, Set<String> scopes, Supplier<String> resource, boolean loopbackClients) {}

    /**
     * Starts an issuer.
     *
     * @throws IOException when the port is taken
     */
    public static DemoIssuer start(Options options) throws IOException {
        Logs.quiet();
        Path folder = Files.createTempDirectory("preflight-issuer");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setProperty("address", LOOPBACK);
        connector.setProperty("maxThreads", Integer.toString(FEW_THREADS));
        connector.setProperty("minSpareThreads", "1");
        connector.setPort(options.port());
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
        try {
            // The port is bound before anything stands behind it, because the issuer has to know its own name.
            tomcat.init();
            URI url = URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
            spring.registerBean(IssuerProfile.class, () -> new IssuerProfile(url, options));
            spring.register(IssuerConfiguration.class);
            spring.refresh();
            mount(context, spring.getBean("springSecurityFilterChain", jakarta.servlet.Filter.class));
            // For all paths: filters do not run where there is no servlet behind them.
            Tomcat.addServlet(context, "consent", spring.getBean(ConsentPage.class))
                    .addMapping("/");
            tomcat.start();
            hideInsides(context);
            return new DemoIssuer(url, tomcat, spring, folder);
        } catch (LifecycleException e) {
            spring.close();
            delete(folder);
            throw new IOException("the demo issuer cannot listen on " + LOOPBACK + ":" + options.port(), e);
        }
    }

    /** Pages about errors would tell of versions and stacks. */
    private static void hideInsides(Context context) {
        for (Valve valve : context.getParent().getPipeline().getValves()) {
            if (valve instanceof ErrorReportValve errors) {
                errors.setShowReport(false);
                errors.setShowServerInfo(false);
            }
        }
    }

    private static void mount(Context context, jakarta.servlet.Filter chain) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("issuer");
        definition.setFilter(chain);
        context.addFilterDef(definition);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("issuer");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
    }

    /** Returns the issuer identifier, such as {@code http://127.0.0.1:9000}. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the demo issuer does not stop", e);
        } finally {
            spring.close();
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
