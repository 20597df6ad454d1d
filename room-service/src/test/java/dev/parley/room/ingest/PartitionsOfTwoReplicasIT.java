package dev.parley.room.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import dev.parley.room.testing.MortalServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Two room services, two processes: the one under test writes to 2 partitions and reads 4, as after the first of the
/// two roll-outs that make more partitions.
@QuarkusTest
@QuarkusTestResource(
        value = MortalServers.class,
        restrictToAnnotatedClass = true,
        initArgs = {@ResourceArg(name = "parley.streams.partitions.read", value = "4")})
class PartitionsOfTwoReplicasIT {

    private static final String CHECK = "checks.find { it.name == 'stream-partitions' }.";

    /// By [MortalServers].
    MortalServers servers;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Test
    void isReadyOnlyWhenEachReadsWhatTheOtherWrites() {
        try (var tooMany = servers.launchReplica(
                Map.of("parley.streams.partitions", "8", "parley.streams.partitions.read", "8"))) {
            tooMany.readiness()
                    .then()
                    .statusCode(503)
                    .body(
                            CHECK + "data.disagreements",
                            matchesPattern("room-service-\\S+ reads 4 partitions, 8 are written here"));
            assertThat(ready()).isEqualTo(200);
        }

        try (var second = servers.launchReplica(
                Map.of("parley.streams.partitions", "4", "parley.streams.partitions.read", "4"))) {
            second.awaitReady();
            assertThat(ready()).isEqualTo(200);
        }
    }

    private int ready() {
        return given().port(managementPort).get("/q/health/ready").statusCode();
    }
}
