package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.Scene;
import dev.parley.kit.testing.DocumentedMetrics;
import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Some metrics exist from the start, some when their feature is first used.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class MetricsIT {

    /// They exist once they have counted something.
    private static final Set<String> WHEN_FIRST_COUNTED =
            Set.of("parley.socket.ended", "parley.limit.refused", "parley.framing.violations");

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void areThoseOfTheDocument() throws Exception {
        var alice = UserId.random();
        var room = Scene.roomService().room(alice);
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice));
        client.await("hello", 1);

        client.message("f-1", "c-1", "hello");
        client.await("ack", 1);
        client.close();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(registered())
                        .isEqualTo(DocumentedMetrics.under("Gateway metrics", "Metrics of accounts and streams")));
    }

    private Set<String> registered() {
        var names = new TreeSet<>(WHEN_FIRST_COUNTED);
        meters.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("parley."))
                .forEach(names::add);
        return names;
    }
}
