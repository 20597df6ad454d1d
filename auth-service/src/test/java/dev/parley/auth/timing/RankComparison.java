package dev.parley.auth.timing;

import java.util.Arrays;
import java.util.Locale;

/// Two samples compared by ranks (Mann and Whitney 1947): what an attacker who may look at both could tell.
/// @param superiority the probability that a value of the first is above one of the second, ties counting half:
///     0.5 when nothing can be told, 0 or 1 when everything can
record RankComparison(double superiority) {

    static RankComparison of(long[] first, long[] second) {
        var sorted = second.clone();
        Arrays.sort(sorted);
        double wins = 0;
        for (var value : first) {
            var below = lowerBound(sorted, value);
            wins += below + (lowerBound(sorted, value + 1) - below) / 2.0;
        }
        return new RankComparison(wins / ((double) first.length * second.length));
    }

    /// How far from telling nothing, 0 to 0.5.
    double distance() {
        return Math.abs(superiority - 0.5);
    }

    /// The standard deviation of `superiority` when both samples come from one distribution.
    static double deviation(int first, int second) {
        return Math.sqrt((first + second + 1.0) / (12.0 * first * second));
    }

    static String describe(String name, long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return "%s n=%d median=%.3f ms p95=%.3f ms"
                .formatted(
                        name,
                        sorted.length,
                        sorted[sorted.length / 2] / 1e6,
                        sorted[(int) (sorted.length * 0.95)] / 1e6);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "P(first > second) = %.3f", superiority);
    }

    private static int lowerBound(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
