package dev.parley.room;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ROOM_SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley.room");

    @Test
    void featuresDependOnEachOtherOneWay() {
        slices().matching("dev.parley.room.(*)..").should().beFreeOfCycles().check(ROOM_SERVICE);
    }

    @Test
    void theWriterDoesNotKnowWhereCommandsComeFrom() {
        noClasses()
                .that()
                .resideInAnyPackage("..room.log..", "..room.message..", "..room.participant..", "..room.read..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..room.ingest..", "..room.internal..", "..room.room..")
                .check(ROOM_SERVICE);
    }

    @Test
    void entitiesRepositoriesAndResourcesStayInTheirFeature() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .areAssignableTo(PanacheRepositoryBase.class)
                .or(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are resources", type -> type.isAnnotatedWith(Path.class) && !type.isInterface()))
                .should()
                .bePackagePrivate()
                .check(ROOM_SERVICE);
    }

    @Test
    void onlyTheProjectionAsksTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..room.user..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.rest.client..", "java.net.http..")
                .check(ROOM_SERVICE);
    }
}
