package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.kit.testing.DocumentedMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Some metrics exist from the start, some when their feature is first used.
@QuarkusTest
@WithTestResource(Backing.class)
class MetricsIT {

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Test
    void areThoseOfTheDocument() {
        AuthApi.register();
        given().port(managementPort).get("/q/health/ready").then().statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(registered()).isEqualTo(DocumentedMetrics.under("Auth service metrics")));
    }

    private Set<String> registered() {
        var names = new TreeSet<String>();
        meters.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("parley."))
                .forEach(names::add);
        return names;
    }
}
