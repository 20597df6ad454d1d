package dev.parley.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parley.client");

    @Test
    void arrowsBetweenPackagesRunOneWay() {
        slices().matching("dev.parley.client.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheFacadeKnowsTheGeneratedCode() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.parley.client.connection",
                        "dev.parley.client.event",
                        "dev.parley.client.http",
                        "dev.parley.client.outbox",
                        "dev.parley.client.session")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.parley.client.rest..")
                .check(CLASSES);
    }
}
