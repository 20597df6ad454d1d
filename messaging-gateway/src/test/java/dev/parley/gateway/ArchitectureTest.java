package dev.parley.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley.gateway");

    @Test
    void arrowsBetweenFeaturesRunOneWay() {
        slices().matching("dev.parley.gateway.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void feedsKnowNeitherSocketsNorRedis() {
        noClasses()
                .that()
                .resideInAPackage("..feed..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..socket..", "..frame..", "io.quarkus.websockets..", "io.vertx.redis..")
                .check(classes);
    }

    @Test
    void framesKnowNeitherSocketsNorRooms() {
        noClasses()
                .that()
                .resideInAPackage("..frame..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..socket..", "..feed..", "..send..", "io.vertx..", "io.netty..")
                .check(classes);
    }
}
