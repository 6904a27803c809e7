package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.cli.FaultTargets;
import dev.mcppreflight.conformance.fault.DisguisedServer;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.fault.StdioServer;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.OtherTokens;
import dev.mcppreflight.conformance.target.Place;
import dev.mcppreflight.conformance.target.Target;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Plays a fault and checks it, as an operator would who was told of its options. */
final class FaultRun {

    private static final Path AUTHORITY = Path.of("..", "fixtures", "tls", "ca.pem");

    /** Leads to this machine, and is none of the addresses that development set-ups name. */
    private static final Place UNSPECIFIED = new Place("0.0.0.0", 0);

    private static final OAuth SIGN_IN =
            new OAuth(OAuth.Grant.CODE, null, null, null, 0, new Robot(), Duration.ofSeconds(2), true, UNSPECIFIED);

    private final Duration patience;
    private final Duration ofProcesses;

    /**
     * @param patience how long to wait for each answer
     * @param ofProcesses the same of a process, each of which is a virtual machine that has to start
     */
    FaultRun(Duration patience, Duration ofProcesses) {
        this.patience = patience;
        this.ofProcesses = ofProcesses;
    }

    /** The reports of a stranger, of a caller who has a credential, and of one who signs in, as far as the server knows such. */
    List<Report> play(Fault fault) throws Exception {
        return play(
                fault,
                FaultyServer::start,
                (in, out, err) -> StdioServer.run(fault, in, out, new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    /** The same of a server in the disguise of that number. */
    List<Report> playDisguised(Fault fault, long seed) throws Exception {
        return play(
                fault,
                played -> DisguisedServer.start(played, seed),
                (in, out, err) -> DisguisedServer.run(fault, seed, in, out, err));
    }

    private List<Report> play(Fault fault, Function<Fault, FaultyServer> start, StdioFault.Mind mind) throws Exception {
        if (fault.configuration().isPresent()) {
            return List.of(FaultTargets.configured(Files.createTempDirectory("preflight-fault"), fault)
                    .run());
        }
        if (fault.transport() == Fault.Transport.STDIO) {
            try (StdioFault process = StdioFault.ready(mind)) {
                Target target = Target.of(fault.command().orElseGet(process::command));
                return List.of(run(FaultTargets.with(target, fault), ofProcesses, Duration.ZERO));
            }
        }
        try (FaultyServer server = start.apply(fault)) {
            Target target = FaultTargets.at(server.url(), fault).withAuthority(AUTHORITY);
            List<Report> reports = new ArrayList<>(List.of(run(target, patience, FaultTargets.soak(fault))));
            server.bearer().ifPresent(token -> {
                OtherTokens all = server.otherTokens();
                reports.add(run(target.withBearer(token).withOtherTokens(all), patience, Duration.ZERO));
                OtherTokens low = new OtherTokens(null, null, all.lowScope(), null, null, null, null);
                reports.add(run(target.withOAuth(SIGN_IN).withOtherTokens(low), patience, Duration.ZERO));
            });
            fault.credential().ifPresent(key -> reports.add(run(target.withBearer(key), patience, Duration.ZERO)));
            return reports;
        }
    }

    /** A fault that takes its time says for how long; the others need less than users are given. */
    private static Report run(Target target, Duration patience, Duration soak) {
        boolean own = !target.limits().timeout().equals(Duration.ofSeconds(10));
        return Preflight.of(own ? target : target.withTimeout(patience))
                .soak(soak)
                .run();
    }
}
