package dev.mcppreflight.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The floors of the house: each package imports only what stands below it. */
class ArchitectureTest {

    private static final String ROOT = "dev.mcppreflight.conformance";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** From top to bottom; a package may import those after it. The empty name is the root package. */
    private static final List<String> FLOORS = List.of(
            "cli",
            "watch",
            "",
            "readiness",
            "engine",
            "report",
            "steps",
            "diagnosis",
            "conversation",
            "client",
            "signin",
            "probe",
            "catalogue",
            "fault",
            "target",
            "wire",
            "data");

    @Test
    void everyPackageImportsOnlyThoseBelowIt() {
        for (int i = 0; i < FLOORS.size(); i++) {
            List<String> above = new ArrayList<>();
            FLOORS.subList(0, i).forEach(floor -> above.add(packageOf(floor)));
            if (!above.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAPackage(packageOf(FLOORS.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above.toArray(String[]::new))
                        .check(CLASSES);
            }
        }
    }

    @Test
    void everyPackageHasAFloor() {
        classes()
                .should()
                .resideInAnyPackage(
                        FLOORS.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void everyLibraryHasOneHome() {
        onlyIn("info.picocli..", "cli");
        onlyIn("picocli..", "cli");
        onlyIn("io.cucumber.core..", "engine");
        onlyIn("io.cucumber.plugin..", "engine");
        onlyIn("io.cucumber.java..", "steps");
        onlyIn("org.picocontainer..", "engine");
        onlyIn("io.modelcontextprotocol..", "client");
        onlyIn("java.net.http..", "client");
        onlyIn("tools.jackson..", "data");
        onlyIn("org.snakeyaml..", "data");
        onlyIn("com.networknt..", "data");
        onlyIn("org.junit..", "");
    }

    @Test
    void theLowerFloorsNeedTheJdkAlone() {
        for (String floor : List.of("wire", "target", "probe", "catalogue", "fault", "diagnosis", "report")) {
            classes()
                    .that()
                    .resideInAPackage(packageOf(floor))
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", ROOT + ".."))
                    .check(CLASSES);
        }
    }

    @Test
    void nothingIsSharedByStatics() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(ROOT + "..")
                .should()
                .notBeFinal()
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineUsesTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    private static void onlyIn(String library, String floor) {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf(floor))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(CLASSES);
    }

    private static String packageOf(String floor) {
        return floor.isEmpty() ? ROOT : ROOT + "." + floor + "..";
    }
}
