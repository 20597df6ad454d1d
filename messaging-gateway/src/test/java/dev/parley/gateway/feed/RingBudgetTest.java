package dev.parley.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RingBudgetTest {

    private final RingBudget budget = new RingBudget(3_000);
    private final List<Runnable> tasks = new ArrayList<>();

    @Test
    void emptiesTheRingThatWasUsedLeastRecently() {
        var first = ring(1_000);
        var second = ring(1_000);
        var third = ring(1_000);
        first.from(1, 1);

        var fourth = ring(1_000);
        runTasks();

        assertThat(List.of(first.covers(1), second.covers(1), third.covers(1), fourth.covers(1)))
                .containsExactly(true, false, true, true);
        assertThat(budget.total()).isEqualTo(3_000);
    }

    /// A ring is emptied on its own thread: until then nobody else has to go for the same bytes.
    @Test
    void emptiesNoMoreThanIsNeeded() {
        var first = ring(1_000);
        var second = ring(1_000);
        var third = ring(1_000);
        ring(500);
        ring(500);

        assertThat(tasks).hasSize(1);
        runTasks();

        assertThat(List.of(first.covers(1), second.covers(1), third.covers(1))).containsExactly(false, true, true);
        assertThat(budget.total()).isEqualTo(3_000);
    }

    @Test
    void countsWhatARingGetsBeforeItIsEmptied() {
        var first = ring(1_000);
        ring(2_500);
        first.addAll(List.of(event(2, 100)));

        runTasks();

        assertThat(first.covers(2)).isFalse();
        assertThat(budget.total()).isEqualTo(2_500);
        first.addAll(List.of(event(3, 100)));
        assertThat(budget.total()).isEqualTo(2_600);
        first.clear();
        assertThat(budget.total()).isEqualTo(2_500);
    }

    private void runTasks() {
        tasks.forEach(Runnable::run);
        tasks.clear();
    }

    private Ring ring(int bytes) {
        var ring = new Ring(new QuickFeedConfig(8, 16, 10, Duration.ofSeconds(5)), budget, tasks::add);
        ring.addAll(List.of(event(1, bytes)));
        return ring;
    }

    private static FeedEvent event(long seq, int bytes) {
        return new FeedEvent(seq, 1, "message.created", List.of(), OptionalLong.empty(), new byte[bytes]);
    }
}
