package dev.mcppreflight.server.reference;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that can be away for a while. */
final class Absence {

    private final AtomicBoolean away = new AtomicBoolean();
    private final DocumentStore store;

    Absence(DocumentStore present) {
        this.store = (DocumentStore) Proxy.newProxyInstance(
                DocumentStore.class.getClassLoader(),
                new Class<?>[] {DocumentStore.class},
                (proxy, method, arguments) -> {
                    if (away.get() && !method.getName().equals("close")) {
                        throw new StoreUnavailableException("away", null);
                    }
                    try {
                        return method.invoke(present, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    DocumentStore store() {
        return store;
    }

    void begin() {
        away.set(true);
    }

    void end() {
        away.set(false);
    }
}
