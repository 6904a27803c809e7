package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges from the causes that were found whether each client will get on with the target. */
final class Readiness {

    /** Clients by the name in reports and the name in causes. */
    private static final List<Map.Entry<String, String>> REMOTE = List.of(
            Map.entry("chatgpt", "chatgpt"),
            Map.entry("openai-api", "openai-api"),
            Map.entry("claude", "claude-web"),
            Map.entry("claude-code", "claude-code"),
            Map.entry("mcp-remote", "mcp-remote"));

    private static final List<Map.Entry<String, String>> LOCAL =
            List.of(Map.entry("claude-desktop", "claude-desktop-stdio"), Map.entry("claude-code", "claude-code"));

    private static final List<String> HOSTED = List.of("chatgpt", "openai-api", "claude");

    private Readiness() {}

    /** @param revision that was negotiated; without one no client got as far as a handshake, hence none is ready */
    static List<ClientReadiness> of(List<CauseFinding> causes, String revision, Target target) {
        List<ClientReadiness> readiness = new ArrayList<>();
        for (Map.Entry<String, String> client : target.transport() == Transport.STDIO ? LOCAL : REMOTE) {
            List<CauseFinding> minded = causes.stream()
                    .filter(found -> found.cause().clients().contains("any")
                            || found.cause().clients().contains(client.getValue()))
                    .filter(found -> found.cause().severity().compareTo(Cause.Severity.MAJOR) <= 0)
                    .toList();
            boolean blocked = minded.stream().anyMatch(found -> found.cause().severity() == Cause.Severity.BLOCKER);
            String verdict = blocked || revision.isEmpty()
                    ? "not-ready"
                    : HOSTED.contains(client.getKey()) && isPrivate(target)
                            ? "ready-when-public"
                            : minded.isEmpty() ? "ready" : "ready-with-warnings";
            readiness.add(new ClientReadiness(
                    client.getKey(),
                    verdict,
                    minded.stream().map(found -> found.cause().id()).toList()));
        }
        return readiness;
    }

    /** Whether only this machine or its network can reach the address; read from the address alone. */
    private static boolean isPrivate(Target target) {
        String host = target.url() == null ? "" : String.valueOf(target.url().getHost());
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.")
                || host.startsWith("10.")
                || host.startsWith("192.168.")
                || host.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || host.endsWith(".local")
                || host.endsWith(".localhost")
                || !host.contains(".") && !host.contains(":");
    }
}
