package dev.parley.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley.auth");

    static Stream<ArchRule> rules() {
        return Stream.of(
                slices().matching("dev.parley.auth.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("arrows between features run one way"),
                noClasses()
                        .that()
                        .resideInAnyPackage("..auth.token..", "..auth.password..", "..auth.account..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("..auth.session..", "..auth.login..", "..auth.profile..", "..auth.user..")
                        .because("the foundations do not know what stands on them"),
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .areAnnotatedWith(Path.class)
                        .and()
                        .arePublic()
                        .should()
                        .notHaveRawReturnType(
                                DescribedPredicate.describe("an entity", type -> type.isAnnotatedWith(Entity.class)))
                        .because("an entity in JSON shows what nobody decided to show"),
                classes()
                        .that()
                        .areAnnotatedWith(Path.class)
                        .should()
                        .bePackagePrivate()
                        .because("a resource is called by HTTP only"),
                noClasses()
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.time.Clock.class, "systemUTC")
                        .because("time comes from the injected InstantSource"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Dto|Impl|Manager|Helper|Util|Utils)")
                        .because("such names say nothing"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(SERVICE);
    }
}
