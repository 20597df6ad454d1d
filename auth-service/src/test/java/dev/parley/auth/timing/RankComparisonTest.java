package dev.parley.auth.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RankComparisonTest {

    @Test
    void isOneHalfForEqualSamplesAndTheEndsForSeparateOnes() {
        var low = LongStream.range(0, 100).toArray();
        var high = LongStream.range(100, 200).toArray();

        assertThat(RankComparison.of(low, low).superiority()).isEqualTo(0.5);
        assertThat(RankComparison.of(low, high).superiority()).isEqualTo(0);
        assertThat(RankComparison.of(high, low).superiority()).isEqualTo(1);
    }

    /// The bound of [TimingIT] lies between what chance does and what one more insert would.
    @Test
    void tellsASmallShiftFromChance() {
        var random = new Random(1);
        var first = times(random, 0);
        var same = times(random, 0);
        var shifted = times(random, 150_000);

        assertThat(RankComparison.of(first, same).distance()).isLessThan(TimingIT.FORGOT_BOUND);
        assertThat(RankComparison.of(shifted, first).distance()).isGreaterThan(2 * TimingIT.FORGOT_BOUND);
        assertThat(RankComparison.deviation(1_000, 1_000)).isCloseTo(0.0129, within(0.0001));
    }

    /// As they are measured: 1.5 ms and a long tail.
    private static long[] times(Random random, long shift) {
        return LongStream.generate(() -> (long) (1_200_000 + shift + Math.exp(random.nextGaussian() * 0.6) * 300_000))
                .limit(1_000)
                .toArray();
    }
}
