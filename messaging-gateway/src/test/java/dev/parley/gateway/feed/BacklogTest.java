package dev.parley.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Backlog backlog = new Backlog(10 * 1_024);

    @Test
    void letsTheReaderWaitUntilAllAreDone() throws Exception {
        var first = backlog.take(9 * 1_024);
        first.share();

        var second = CompletableFuture.supplyAsync(() -> take(5 * 1_024));
        assertThat(backlog.tryTake(1)).isNull();
        first.done();
        assertThat(second).isNotDone();
        first.done();

        second.get(10, TimeUnit.SECONDS).done();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void letsWhatIsLargerThanTheBoundThroughAlone() throws InterruptedException {
        var huge = backlog.take(1_000_000_000);

        assertThat(backlog.tryTake(1)).isNull();

        huge.done();
        assertThat(backlog.tryTake(1)).isNotNull();
    }

    private Backlog.Lease take(long bytes) {
        try {
            return backlog.take(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
