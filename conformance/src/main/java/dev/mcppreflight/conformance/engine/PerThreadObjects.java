package dev.mcppreflight.conformance.engine;

import io.cucumber.core.backend.ObjectFactory;
import io.cucumber.core.runtime.ObjectFactorySupplier;
import java.util.function.Supplier;

/** One object factory for each thread: Cucumber starts and stops it around each scenario. */
final class PerThreadObjects implements ObjectFactorySupplier {

    private final ThreadLocal<ObjectFactory> factories;

    PerThreadObjects(Supplier<ObjectFactory> factory) {
        this.factories = ThreadLocal.withInitial(factory);
    }

    @Override
    public ObjectFactory get() {
        return factories.get();
    }
}
