package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.kit.testing.DocumentedMetrics;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.Chat;
import dev.parley.room.testing.FakeAuthService;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Some metrics exist from the start, some when their feature is first used.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class MetricsIT {

    /// Exists once a gateway has sent something.
    private static final Set<String> WHEN_FIRST_USED = Set.of("parley.ingest.waiting");

    @Inject
    MeterRegistry meters;

    FakeAuthService auth;

    @Test
    void areThoseOfTheDocument() {
        var anna = auth.register("anna");

        Chat.send(anna, Chat.group(anna), "hello").then().statusCode(201);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(registered())
                        .isEqualTo(DocumentedMetrics.under("Room service metrics", "Metrics of accounts and streams")));
    }

    private Set<String> registered() {
        var names = new TreeSet<>(WHEN_FIRST_USED);
        meters.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("parley."))
                .forEach(names::add);
        return names;
    }
}
