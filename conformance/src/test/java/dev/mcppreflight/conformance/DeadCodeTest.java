package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What nobody calls, not even a test, is not kept. */
class DeadCodeTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPackages(DeadCodeTest.class.getPackageName());

    @Test
    void everyMethodHasACaller() {
        ImportOption ours = new ImportOption.DoNotIncludeTests();
        Set<String> idle = CLASSES.stream()
                .filter(type -> type.getSource()
                        .map(source -> ours.includes(Location.of(source.getUri())))
                        .orElse(false))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getAccessesToSelf().stream()
                        .allMatch(access -> access.getOrigin().equals(method)))
                .filter(method -> !isCalledFromOutside(method))
                .map(JavaMethod::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), idle);
    }

    /** By those who use the library, by a framework, through a supertype, or as a part of an enum or a record. */
    private static boolean isCalledFromOutside(JavaMethod method) {
        JavaClass owner = method.getOwner();
        boolean generated = method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || owner.isRecord() && owner.tryGetField(method.getName()).isPresent()
                || owner.isEnum() && Set.of("values", "valueOf").contains(method.getName());
        boolean published = owner.getPackageName().equals(DeadCodeTest.class.getPackageName())
                && owner.getModifiers().contains(JavaModifier.PUBLIC);
        return generated
                || published
                || method.getName().equals("main")
                || !method.getAnnotations().isEmpty()
                || isInherited(method);
    }

    private static boolean isInherited(JavaMethod method) {
        String[] parameters =
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .anyMatch(above -> above.getMethods().stream()
                        .anyMatch(other -> other.getName().equals(method.getName())
                                && other.getRawParameterTypes().size() == parameters.length));
    }
}
