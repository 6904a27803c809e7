package dev.mcppreflight.conformance.engine;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.conversation.Conversation;
import dev.mcppreflight.conformance.report.CheckResult;
import io.cucumber.core.eventbus.UuidGenerator;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs features with Cucumber in this process, without statics: two runs against two targets stay apart. */
public final class CucumberEngine {

    private static final String GLUE = "classpath:/dev/mcppreflight/conformance/steps";

    private static final List<Stage> HARMLESS = Arrays.stream(Stage.values())
            .filter(stage -> stage != Stage.RESILIENCE)
            .toList();

    private final String tags;
    private final int threads;
    private final List<Path> folders;

    /**
     * @param tags a Cucumber tag expression; empty for all
     * @param threads how many scenarios run at once
     * @param folders with features of somebody else, to be played beside ours; each holds folders named after stages
     */
    public CucumberEngine(String tags, int threads, List<Path> folders) {
        this.tags = tags == null ? "" : tags;
        this.threads = Math.max(1, threads);
        this.folders = List.copyOf(folders);
    }

    /** Plays every selected scenario with the target of this contact; hands each result over as it comes. */
    public void run(Contact contact, Consumer<CheckResult> results) {
        ThreadLocal<Conversation> current = new ThreadLocal<>();
        ResultCollector collector = new ResultCollector(contact, current, results);
        play(HARMLESS, "", threads, collector, false, contact, current);
        boolean crowd = contact.target().limits().crowd() > 0;
        // A server that falls over at nonsense must not take the verdicts of all other checks with it.
        play(List.of(Stage.RESILIENCE), crowd ? "not @crowd" : "", threads, collector, false, contact, current);
        // Nor must a crowd, which may fill it; and who counts places must be alone.
        if (crowd) {
            play(List.of(Stage.RESILIENCE), "@crowd", 1, collector, false, contact, current);
        }
    }

    /** Every selected check, without playing any. */
    public List<Check> checks() {
        ConcurrentLinkedQueue<Check> checks = new ConcurrentLinkedQueue<>();
        ConcurrentEventListener listener = publisher ->
                publisher.registerHandlerFor(TestCaseFinished.class, event -> checks.add(check(event.getTestCase())));
        play(List.of(Stage.values()), "", threads, listener, true, null, new ThreadLocal<>());
        return checks.stream().sorted(LADDER_ORDER).toList();
    }

    /** By stage, then by feature and place. */
    public static final java.util.Comparator<Check> LADDER_ORDER = java.util.Comparator.comparing(Check::stage)
            .thenComparing(Check::feature)
            .thenComparing(Check::id);

    /** Whether the expression can be read; the message of the exception says why not. */
    public static void requireTagExpression(String tags) {
        if (tags != null && !tags.isBlank()) {
            TagExpressionParser.parse(tags);
        }
    }

    private void play(
            List<Stage> stages,
            String among,
            int atOnce,
            ConcurrentEventListener listener,
            boolean dry,
            Contact contact,
            ThreadLocal<Conversation> current) {
        RuntimeOptionsBuilder options = new RuntimeOptionsBuilder()
                .addGlue(URI.create(GLUE))
                .setDryRun(dry)
                .setPickleOrder(new LongestFirst())
                .setThreads(atOnce);
        Stream.of(tags, among)
                .filter(expression -> !expression.isBlank())
                .forEach(expression -> options.addTagFilter(TagExpressionParser.parse(expression)));
        Thread thread = Thread.currentThread();
        ClassLoader classes = thread.getContextClassLoader();
        thread.setContextClassLoader(new RememberedAbsences(classes));
        try {
            run(options, listener, stages, contact, current);
        } finally {
            thread.setContextClassLoader(classes);
        }
    }

    private void run(
            RuntimeOptionsBuilder options,
            ConcurrentEventListener listener,
            List<Stage> stages,
            Contact contact,
            ThreadLocal<Conversation> current) {
        // The summary and banner that Cucumber prints by default would spoil standard output.
        Runtime.builder()
                .withRuntimeOptions(options.build())
                .withFeatureSupplier(() -> Features.of(stages, folders))
                .withUuidGeneratorSupplier(Numbers::new)
                .withObjectFactorySupplier(new PerThreadObjects(() -> new ScenarioObjects(contact, current)))
                .withAdditionalPlugins(new Listening(listener))
                .build()
                .run();
    }

    static Check check(TestCase scenario) {
        String uri = scenario.getUri().toString();
        String path = uri.substring(0, uri.length() - ".feature".length());
        // Ours stand below one folder; those of others in a folder named after their stage.
        int ours = path.indexOf(Features.FOLDER);
        int stage = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        String feature = ours < 0 ? path.substring(stage + 1) : path.substring(ours + Features.FOLDER.length());
        return Check.of(scenario.getName(), feature, scenario.getTags());
    }

    /** Names for events, which nothing outside of a run ever sees: random ones would cost more than what they name. */
    private static final class Numbers implements UuidGenerator {
        private final AtomicLong last = new AtomicLong();

        @Override
        public UUID generateId() {
            return new UUID(0, last.incrementAndGet());
        }
    }

    /** A plugin that Cucumber has not to know by its class. */
    private record Listening(ConcurrentEventListener listener) implements ConcurrentEventListener {
        @Override
        public void setEventPublisher(EventPublisher publisher) {
            listener.setEventPublisher(publisher);
        }
    }
}
