package dev.mcppreflight.conformance.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which classes are not there. After each scenario that was not played to its end Cucumber looks for the
 * exceptions of test libraries that nobody has, which means a search through every jar of the class path.
 */
final class RememberedAbsences extends ClassLoader {

    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    RememberedAbsences(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (absent.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            absent.add(name);
            throw e;
        }
    }
}
