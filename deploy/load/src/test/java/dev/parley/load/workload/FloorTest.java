package dev.parley.load.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Sockets, pacing and counting against a real server in a process of its own.
class FloorTest {

    @Test
    void deliversEveryMessageOfTheMeasuredTimeToEverySocketOfItsRoom() throws Exception {
        var plan = new Run.Plan(200, 100, Duration.ofMillis(500), Duration.ofSeconds(2));

        var outcome = Floor.measure(3, 5, "chat.v1", plan);

        assertThat(outcome.deliveries()).isEqualTo(200 * 2 * 5);
        assertThat(outcome.cpuSeconds()).isPositive();
    }
}
