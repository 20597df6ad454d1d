package dev.parley.kit.limit;

import java.time.Duration;
import java.util.regex.Pattern;

/// So many within a period, as `10/5m`: all at once, then one each time a tenth of the period has passed.
/// @param limit at least 1
public record Rate(int limit, Duration period) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,6})([smh])");

    public Rate {
        if (limit < 1 || period.isZero()) {
            throw new IllegalArgumentException("a rate is at least 1");
        }
    }

    /// @throws IllegalArgumentException if `text` is not as `10/5m`, with s, m or h
    public static Rate valueOf(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a rate is written as 10/5m");
        }
        var amount = Long.parseLong(match.group(2));
        var period = switch (match.group(3)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return new Rate(Integer.parseInt(match.group(1)), period);
    }

    /// How long one takes to be allowed again, in milliseconds.
    public double intervalMillis() {
        return (double) period.toMillis() / limit;
    }

    @Override
    public String toString() {
        return limit + " in " + period;
    }
}
