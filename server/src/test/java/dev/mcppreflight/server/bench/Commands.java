package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the servers are started.
 *
 * @param java the program java
 * @param ours the class path of this server with its tests
 * @param sdk the class path of the server of the SDK
 * @param launcher the program of this project
 */
record Commands(String java, String ours, String sdk, Path launcher) {

    /** Returns the commands for a run in the folder of this module. */
    static Commands here() throws IOException {
        return new Commands(
                ProcessHandle.current().info().command().orElse("java"),
                System.getProperty("java.class.path"),
                "target/bench/classes:"
                        + Files.readString(Path.of("target/bench/classpath")).strip(),
                Path.of("..", "preflight").toAbsolutePath().normalize());
    }

    List<String> echo() {
        return java(ours, "dev.mcppreflight.server.bench.EchoServer", "warn");
    }

    /** Returns the command of a user who starts this server. */
    List<String> product(String... options) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve", "--port", "0"));
        command.addAll(List.of(options));
        return command;
    }

    /** Returns the command of this server in a heap of 512 MB. */
    List<String> productJvm(String... options) {
        List<String> command = java(ours, "dev.mcppreflight.server.app.Main", "--port");
        command.add("0");
        command.addAll(List.of(options));
        return command;
    }

    List<String> sdk(String transport) {
        return java(sdk, "dev.mcppreflight.bench.SdkServer", transport);
    }

    private List<String> java(String classPath, String main, String argument) {
        return new ArrayList<>(List.of(java, "-Xmx512m", "-cp", classPath, main, argument));
    }
}
