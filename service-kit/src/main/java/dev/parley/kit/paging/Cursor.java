package dev.parley.kit.paging;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The spelling of a place in a list: opaque to clients, so it may change.
public final class Cursor {

    private Cursor() {}

    /// A place in a list that is ordered by a time and then an id.
    /// @param time to the millisecond
    public static String format(Instant time, UUID id) {
        return format(time.toEpochMilli(), id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /// A place in a list that is ordered by numbers.
    public static String format(long... numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (var number : numbers) {
            bytes.putLong(number);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// The place after an item of a list that is ordered by one text.
    public static String ofKey(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /// @param key refuses with an [IllegalArgumentException] what no item can have
    /// @throws ProblemException `validation_failed` if no page can have given `text`
    public static <K> K parseKey(String text, Function<String, K> key) {
        try {
            return key.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw notOfThisList();
        }
    }

    /// @throws ProblemException `validation_failed` if `text` was not made by [#format(Instant, UUID)]
    public static <C> C parse(String text, BiFunction<Instant, UUID, C> place) {
        var numbers = parse(text, 3);
        return place.apply(time(numbers[0]), new UUID(numbers[1], numbers[2]));
    }

    /// @param length how many numbers it has
    /// @throws ProblemException `validation_failed` if `text` was not made by [#format(long...)]
    public static long[] parse(String text, int length) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == length * Long.BYTES) {
                var numbers = new long[length];
                bytes.asLongBuffer().get(numbers);
                return numbers;
            }
        } catch (IllegalArgumentException e) {
            // It is no Base64.
        }
        throw notOfThisList();
    }

    /// A time from a cursor, within the years that PostgreSQL and clients know; what [#format] made is.
    public static Instant time(long millis) {
        return Instant.ofEpochMilli(Math.floorMod(millis, 1L << 47));
    }

    private static ProblemException notOfThisList() {
        return ProblemException.invalid(FieldProblem.invalid("cursor", "is not a cursor of this list"));
    }
}
