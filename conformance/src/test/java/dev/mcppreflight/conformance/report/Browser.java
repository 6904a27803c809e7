package dev.mcppreflight.conformance.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** A Chromium without a window and without a network, and what tests ask of it. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts it.
     *
     * @param profile an empty folder
     * @throws TestAbortedException where there is none; on a machine of CI that is an error
     */
    static Browser start(Path profile) {
        Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
        Optional<Path> chromedriver = find("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String reason = "no chromium with chromedriver on the path: the HTML report was looked at by nobody";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason);
            }
            System.err.println("SKIPPED: " + reason);
            throw new TestAbortedException(reason);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get().toFile())
                .withTimeout(PATIENCE)
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page in a window of that width, in light or dark. */
    void open(Path page, int width, boolean dark) {
        run(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        media("screen", dark);
        driver.get(page.toUri().toString());
    }

    /** Shows the page as it is on that medium. */
    void media(String medium, boolean dark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        run("Emulation.setEmulatedMedia", Map.of("media", medium, "features", List.of(scheme)));
    }

    /** A picture of the whole page. */
    void photograph(Path file) {
        Map<String, Object> picture = run("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        write(file, (String) picture.get("data"));
    }

    /** The page as it is printed. */
    void print(Path file) {
        write(file, (String)
                run("Page.printToPDF", Map.of("printBackground", true)).get("data"));
    }

    private static void write(Path file, String base64) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(base64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    long visible(String selector) {
        // In one question: the driver would ask for each of some hundred elements by itself.
        return (Long) script("""
                return [...document.querySelectorAll(arguments[0])]
                  .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })).length;
                """, selector);
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String title() {
        return driver.getTitle();
    }

    /** What the console holds since it was last asked. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** What axe finds that is serious or worse, one line each. */
    @SuppressWarnings("unchecked")
    List<String> barriers() {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        // By the debugger, which the policy of the page does not bind.
        driver.executeScript(axe());
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({ resultTypes: ['violations'] }).then(
                  found => done(found.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .map(one => one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 3).map(node => node.html).join(' '))),
                  error => done([String(error)]));
                """);
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> run(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
