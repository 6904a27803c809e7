package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window, whose user allows whatever he is asked; also as a command, for {@code --browser}. */
final class Chromium implements AutoCloseable {

    private final WebDriver driver;

    private Chromium(WebDriver driver) {
        this.driver = driver;
    }

    /** Opens the page of its last argument, and allows what that asks. */
    public static void main(String[] args) {
        try (Chromium chromium = started()) {
            chromium.allow(URI.create(args[args.length - 1]));
        }
    }

    /** Where there is none the test is left out, loudly; where CI is set it fails. */
    static Chromium start() {
        boolean there = browser().isPresent() && found("chromedriver").isPresent();
        if (!there && System.getenv("CI") == null) {
            System.err.println("NOT TESTED: the sign-in with a browser. Install chromium and chromium-driver.");
        }
        assumeTrue(there || System.getenv("CI") != null, "chromium and chromedriver are missing");
        return started();
    }

    private static Chromium started() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("preflight-chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> browser() {
        return Stream.of("chromium", "google-chrome", "chromium-browser")
                .flatMap(name -> found(name).stream())
                .findFirst();
    }

    private static Optional<Path> found(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens the page and clicks on Allow. */
    void allow(URI page) {
        driver.get(page.toString());
        driver.findElement(By.id("allow")).click();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
