package dev.parley.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final RateLimiter<String> limiter = new RateLimiter<>(Rate.valueOf("10/10s"), 2_000, clock::get);

    @Test
    void givesAllAtOnceAndThenOneEachTimeItsPartOfThePeriodHasPassed() {
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.take("a")).isZero();
        }

        assertThat(limiter.take("a")).isEqualTo(Duration.ofSeconds(1).toNanos());
        pass(Duration.ofSeconds(1));
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void isNotUsedUpByWhatItRefuses() {
        for (int i = 0; i < 1_000; i++) {
            limiter.take("a");
        }

        pass(Duration.ofSeconds(10));

        for (int i = 0; i < 10; i++) {
            assertThat(limiter.take("a")).isZero();
        }
    }

    @Test
    void givesWhatWasGivenBackAgain() {
        for (int i = 0; i < 10; i++) {
            limiter.take("a");
        }

        limiter.giveBack("a");
        limiter.giveBack("unknown");

        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isPositive();
    }

    @Test
    void countsEachKeyByItself() {
        for (int i = 0; i < 11; i++) {
            limiter.take("a");
        }

        assertThat(limiter.take("b")).isZero();
    }

    @Test
    void forgetsWhoIsQuiet() {
        for (int i = 0; i < 1_900; i++) {
            limiter.take("key " + i);
        }
        pass(Duration.ofSeconds(10));

        for (int i = 0; i < 200; i++) {
            limiter.take("other " + i);
        }

        assertThat(limiter.size()).isLessThan(1_000);
    }

    @Test
    void knowsNoMoreKeysThanItMay() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(limiter.take("key " + i)).isZero();
        }

        assertThat(limiter.size()).isEqualTo(2_000);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
