package dev.mcppreflight.server.reference;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.store.TestDatabase;
import io.cucumber.core.backend.ObjectFactory;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.picocontainer.MutablePicoContainer;
import org.picocontainer.PicoBuilder;

/** Plays {@code features/reference} on both stores. */
class ReferenceTest {

    static final String FEATURES = "../features/reference";

    @TestFactory
    Stream<DynamicTest> onTheEmbeddedStore() {
        DocumentStore store = new LuceneDocumentStore(new BundledCorpus().read());
        return play(() -> store);
    }

    @TestFactory
    Stream<DynamicTest> onPostgres() {
        DocumentStore store = TestDatabase.store(TestDatabase.emptySchema());
        for (Document document : new BundledCorpus().read()) {
            store.save(new IndexedDocument(document, Chunker.standard().chunks(document.text()), null));
        }
        return play(() -> store);
    }

    private static Stream<DynamicTest> play(Supplier<DocumentStore> store) {
        Scenarios scenarios = new Scenarios();
        Objects objects = new Objects(store);
        Runtime.builder()
                .withRuntimeOptions(new RuntimeOptionsBuilder()
                        .addGlue(URI.create("classpath:/dev/mcppreflight/server/reference"))
                        .addFeature(FeatureWithLines.parse(FEATURES))
                        .build())
                .withObjectFactorySupplier(() -> objects)
                .withAdditionalPlugins(scenarios)
                .build()
                .run();
        return scenarios.finished.stream().map(ReferenceTest::test);
    }

    private static DynamicTest test(TestCaseFinished scenario) {
        return DynamicTest.dynamicTest(
                scenario.getTestCase().getName() + " " + scenario.getTestCase().getTags(), () -> {
                    if (scenario.getResult().getStatus() != Status.PASSED) {
                        throw new AssertionError(
                                scenario.getResult().getStatus().toString(),
                                scenario.getResult().getError());
                    }
                });
    }

    private static final class Scenarios implements ConcurrentEventListener {

        private final List<TestCaseFinished> finished = new ArrayList<>();

        @Override
        public void setEventPublisher(EventPublisher publisher) {
            publisher.registerHandlerFor(TestCaseFinished.class, finished::add);
        }
    }

    /** Makes the objects of each scenario anew; its server has the store of this run. */
    private static final class Objects implements ObjectFactory {

        private final List<Class<?>> glue = new ArrayList<>();
        private final Supplier<DocumentStore> store;
        private MutablePicoContainer container;

        Objects(Supplier<DocumentStore> store) {
            this.store = store;
        }

        @Override
        public void start() {
            container = new PicoBuilder().withCaching().build();
            container.addComponent(new Visitor(store));
            glue.forEach(container::addComponent);
        }

        @Override
        public void stop() {
            container = null;
        }

        @Override
        public boolean addClass(Class<?> type) {
            return glue.contains(type) || glue.add(type);
        }

        @Override
        public <T> T getInstance(Class<T> type) {
            return container.getComponent(type);
        }
    }
}
