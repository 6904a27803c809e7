package dev.mcppreflight.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of packages: who may use whom, and where third-party libraries stay. */
class ArchitectureTest {

    private static final String ROOT = "dev.mcppreflight.server.";

    private final JavaClasses server = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target", "classes"));

    /** How long a comparison takes must not tell where two keys differ. */
    @Test
    void keysAreComparedInConstantTime() {
        classes()
                .that()
                .haveFullyQualifiedName(ROOT + "auth.ApiKey")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(server);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "auth")
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .check(server);
    }

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("app")
                .definedBy(ROOT + "app")
                .layer("rest")
                .definedBy(ROOT + "rest")
                .layer("http")
                .definedBy(ROOT + "http")
                .layer("stdio")
                .definedBy(ROOT + "stdio")
                .layer("tools")
                .definedBy(ROOT + "tools")
                .layer("store")
                .definedBy(ROOT + "store")
                .layer("resources")
                .definedBy(ROOT + "resources")
                .layer("everything")
                .definedBy(ROOT + "everything")
                .layer("metrics")
                .definedBy(ROOT + "metrics")
                .layer("indexing")
                .definedBy(ROOT + "indexing")
                .layer("embedding")
                .definedBy(ROOT + "embedding")
                .layer("auth")
                .definedBy(ROOT + "auth")
                .layer("issuer")
                .definedBy(ROOT + "issuer")
                .layer("documents")
                .definedBy(ROOT + "documents")
                .layer("replicas")
                .definedBy(ROOT + "replicas")
                .layer("stateless")
                .definedBy(ROOT + "stateless")
                .layer("protocol")
                .definedBy(ROOT + "protocol")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("rest")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("app", "rest")
                .whereLayer("stdio")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("tools")
                .mayOnlyBeAccessedByLayers("app", "rest", "resources")
                .whereLayer("indexing")
                .mayOnlyBeAccessedByLayers("app", "tools")
                .whereLayer("embedding")
                .mayOnlyBeAccessedByLayers("app", "tools", "indexing")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("resources")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("everything")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("app", "rest", "http")
                .whereLayer("auth")
                .mayOnlyBeAccessedByLayers("app", "http")
                .whereLayer("issuer")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("documents")
                .mayOnlyBeAccessedByLayers("app", "tools", "store", "embedding", "indexing", "resources")
                .whereLayer("replicas")
                .mayOnlyBeAccessedByLayers("app", "http", "store", "stateless", "everything")
                .whereLayer("stateless")
                .mayOnlyBeAccessedByLayers("app", "http", "stdio")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers(
                        "app", "http", "stdio", "stateless", "tools", "rest", "resources", "embedding", "everything")
                .check(server);
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(server);
    }

    @Test
    void librariesStayInTheirPackage() {
        onlyIn("http", "spark..", "org.eclipse.jetty..", "javax.servlet..");
        onlyIn(
                "store",
                "org.apache.lucene..",
                "java.sql..",
                "javax.sql..",
                "org.postgresql..",
                "com.pgvector..",
                "com.zaxxer.hikari..",
                "org.flywaydb..");
        onlyIn("indexing", "org.apache.pdfbox..");
        onlyIn("embedding", "dev.langchain4j..", "java.net.http..");
        onlyIn("app", "picocli..");
        onlyIn("auth", "io.github.bucket4j..", "com.nimbusds.oauth2..");
        onlyIn("issuer", "org.springframework..", "org.apache.catalina..", "jakarta.servlet..");
    }

    @Test
    void theDomainKnowsNoLibrary() {
        classes()
                .that()
                .resideInAPackage(ROOT + "documents")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + "documents")
                .check(server);
    }

    private void onlyIn(String home, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(server);
    }
}
