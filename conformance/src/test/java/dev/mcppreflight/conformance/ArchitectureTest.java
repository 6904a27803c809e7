package dev.mcppreflight.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The floors of the house: each package imports only what stands below it. */
class ArchitectureTest {

    private static final String ROOT = "dev.mcppreflight.conformance";

    private static final Path GUIDE = Path.of("..", ".github", "CONTRIBUTING.md");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /**
     * From top to bottom; a package may import those after it. The empty name is the root package; the rooms of a package that has
     * some come after it.
     */
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
            "fault.deviation",
            "fault.authorization",
            "fault.transport",
            "fault.mcp",
            "fault.http",
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

    /** The table that shows newcomers around. */
    @Test
    void theFloorsAreThoseOfTheGuide() throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| (?:`([a-z.]+)`)? ?\\| ").matcher(Files.readString(GUIDE));
        List<String> shown = new ArrayList<>();
        while (row.find()) {
            shown.add(row.group(1) == null ? "" : row.group(1));
        }
        assertEquals(FLOORS, shown);
    }

    /** What a fault is made of is nobody else's business. */
    @Test
    void theRoomsOfFaultsAreTheirOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".fault..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".fault.*..")
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
                    .resideInAPackage(ROOT + "." + floor + "..")
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
        return floor.isEmpty() ? ROOT : ROOT + "." + floor;
    }
}
