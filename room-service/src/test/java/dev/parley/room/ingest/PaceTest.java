package dev.parley.room.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    private static final long MILLI = 1_000_000;
    private static final long START = 5_000_000 * MILLI;

    private final Pace pace = new Pace(Duration.ofMillis(20));

    @Test
    void letsNothingWaitWhenLittleComes() {
        for (int i = 0; i < 20; i++) {
            pace.stores(1, START + i * (10 * MILLI));
        }

        assertThat(pace.pause(START + 190 * MILLI, START + 190 * MILLI)).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"24, 0", "25, 5", "50, 10", "99, 15", "100, 20", "9000, 20"})
    void keepsFetchesFurtherApartTheMoreComes(int inWindow, long apartMillis) {
        pace.stores(inWindow, START);
        var moment = START + MILLI;

        var first = moment + pace.pause(moment, moment).toNanos();
        var second = first + 1 + pace.pause(first, first + 1).toNanos();

        assertThat(second - first).isEqualTo(apartMillis == 0 ? 1 : apartMillis * MILLI);
    }

    @Test
    void letsAllLoopsFetchAtTheSameMoment() {
        pace.stores(1_000, START);
        var early = START + 3 * MILLI;
        var late = START + 11 * MILLI;

        assertThat(early + pace.pause(early, early).toNanos())
                .isEqualTo(late + pace.pause(late, late).toNanos());
    }

    @Test
    void letsALoopFetchThatHasWaitedAlready() {
        pace.stores(1_000, START);
        var now = START + 33 * MILLI;

        assertThat(pace.pause(now - 20 * MILLI, now)).isEqualTo(Duration.ZERO);
        assertThat(pace.pause(now - 19 * MILLI, now)).isPositive();
    }

    @Test
    void isQuietAgainWhenNothingComesAnyMore() {
        pace.stores(1_000, START);
        var soon = START + 150 * MILLI;
        var later = START + 250 * MILLI;

        assertThat(pace.pause(soon, soon)).isPositive();
        assertThat(pace.pause(later, later)).isEqualTo(Duration.ZERO);
    }

    @Test
    void canBeTurnedOff() {
        var off = new Pace(Duration.ZERO);
        off.stores(1_000, START);

        assertThat(off.pause(START, START)).isEqualTo(Duration.ZERO);
    }
}
