package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.Fleet;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Checks every target of a list and reports on all of them together, and on each alone where files are named so. */
final class FleetCheck {

    private static final long LONGEST_WRITING_SECONDS = 20;

    private final Shell shell;
    private final CheckCommand.Style style;
    private final List<Destination> together;
    private final List<Destination> alone;
    private final ToIntFunction<Report> judge;

    /**
     * @param destinations where the reports go
     * @param judge the exit code for the report of one target
     */
    FleetCheck(Shell shell, CheckCommand.Style style, List<Destination> destinations, ToIntFunction<Report> judge) {
        this.shell = shell;
        this.style = style;
        this.judge = judge;
        this.alone = destinations.stream().filter(Destination::isForEach).toList();
        List<Destination> others = new ArrayList<>(destinations);
        others.removeAll(alone);
        if (others.isEmpty()) {
            others.add(new Destination(Destination.Format.CONSOLE, null));
        }
        others.forEach(Destination::requireForAll);
        this.together = others;
    }

    /** Checks them and answers the worst exit code. Who is interrupted finds what was done until then. */
    int run(Map<TargetList.Entry, Preflight> targets, int parallel, boolean quiet) {
        FleetRun run = new FleetRun(parallel);
        CountDownLatch written = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            run.stop();
            await(written);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        Map<TargetList.Entry, Fleet.Member> done = new HashMap<>();
        AtomicInteger worst = new AtomicInteger();
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        try {
            Map<TargetList.Entry, String> files = fileNames(targets.keySet());
            try (LiveLine line = LiveLine.on(shell, !quiet)) {
                show(line, 0, targets.size(), "...");
                run.each(List.copyOf(targets.keySet()), entry -> {
                    Fleet.Member member = check(entry, targets.get(entry), files.get(entry), worst);
                    synchronized (done) {
                        done.put(entry, member);
                        show(line, done.size(), targets.size(), member.name());
                    }
                });
            }
            Fleet fleet;
            synchronized (done) {
                fleet = new Fleet(
                        Preflight.VERSION,
                        startedAt,
                        (System.nanoTime() - start) / 1_000_000,
                        targets.keySet().stream()
                                .map(entry ->
                                        done.getOrDefault(entry, Fleet.Member.notChecked(entry.name(), address(entry))))
                                .toList());
            }
            together.forEach(destination -> destination.write(fleet, shell, style));
            boolean stopped = fleet.totals().get(Fleet.NOT_CHECKED) > 0;
            return stopped ? Math.max(worst.get(), ExitCode.FINDINGS) : worst.get();
        } finally {
            written.countDown();
            release(hook);
        }
    }

    private Fleet.Member check(TargetList.Entry entry, Preflight preflight, String file, AtomicInteger worst) {
        try {
            Report report = preflight.run();
            if (report.checks().isEmpty()) {
                worst.accumulateAndGet(ExitCode.USAGE, Math::max);
                return problem(entry, "no check fits: see --tags, --level and --transport");
            }
            worst.accumulateAndGet(judge.applyAsInt(report), Math::max);
            alone.forEach(destination -> destination.named(file).write(report, shell, style));
            return new Fleet.Member(
                    entry.name(), report.address(), Optional.of(report.withoutExchanges()), "", page(file));
        } catch (RuntimeException | StackOverflowError e) {
            // One target must not take the others with it, whatever it did to this tool.
            worst.accumulateAndGet(ExitCode.HARNESS, Math::max);
            return problem(
                    entry,
                    e instanceof HarnessException
                            ? e.getMessage()
                            : "an error of this tool: " + e.getClass().getSimpleName());
        }
    }

    private static Fleet.Member problem(TargetList.Entry entry, String why) {
        return new Fleet.Member(entry.name(), address(entry), Optional.empty(), why, "");
    }

    /** As it stands in reports: without what may be a secret. */
    private static String address(TargetList.Entry entry) {
        return entry.url() == null
                ? String.join(" ", entry.command())
                : Address.shown(entry.url().toString());
    }

    /** The link from the page of all to the page of one. */
    private String page(String file) {
        Optional<Path> all = together.stream()
                .filter(destination -> destination.format() == Destination.Format.HTML && destination.file() != null)
                .map(Destination::file)
                .findFirst();
        Optional<Path> one = alone.stream()
                .filter(destination -> destination.format() == Destination.Format.HTML)
                .map(destination -> destination.named(file).file())
                .findFirst();
        if (all.isEmpty() || one.isEmpty()) {
            return "";
        }
        Path folder = all.get().toAbsolutePath().getParent();
        try {
            return folder.relativize(one.get().toAbsolutePath()).toString().replace('\\', '/');
        } catch (IllegalArgumentException e) {
            // On another drive there is no way from one to the other.
            return "";
        }
    }

    /** A name for files from the name of each, which may hold anything. */
    private static Map<TargetList.Entry, String> fileNames(Set<TargetList.Entry> entries) {
        Map<TargetList.Entry, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (TargetList.Entry entry : entries) {
            String plain = entry.name()
                    .replaceFirst("^https?://", "")
                    .replaceAll("[^A-Za-z0-9.-]+", "-")
                    .replaceAll("^[-.]+|[-.]+$", "");
            String base = plain.isEmpty() ? "target" : plain.substring(0, Math.min(80, plain.length()));
            String name = base;
            // Some file systems know no difference between capitals and small letters.
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = base + "-" + i;
            }
            names.put(entry, name);
        }
        return names;
    }

    private void show(LiveLine line, int done, int all, String name) {
        line.show(style.words().say("progress.fleet", done, all, name));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LONGEST_WRITING_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
            return;
        }
    }

    /** A credential that goes to several hosts is given away. */
    static void requireOneHost(List<TargetList.Entry> entries, Map<TargetList.Entry, Target> targets) {
        Set<String> hosts = new HashSet<>();
        boolean credentials = false;
        for (TargetList.Entry entry : entries) {
            if (entry.url() != null) {
                hosts.add(entry.url().getScheme() + " " + entry.url().getHost().toLowerCase(Locale.ROOT));
                Target target = targets.get(entry);
                credentials |= target.hasCredentials() || !target.secrets().isEmpty();
            }
        }
        if (credentials && hosts.size() > 1) {
            throw new UsageException(
                    "a token or header would go to " + hosts.size() + " hosts of --targets",
                    "Check the targets of one host at a time; is $PREFLIGHT_BEARER set?");
        }
    }
}
