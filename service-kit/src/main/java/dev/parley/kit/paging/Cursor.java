package dev.parley.kit.paging;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The spelling of a place in a list that is ordered by a time and then an id, or by one text: opaque to clients, so it
/// may change.
public final class Cursor {

    private static final int BYTES = 8 + 16;

    private Cursor() {}

    /// @param time to the millisecond
    public static String format(Instant time, UUID id) {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(time.toEpochMilli())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
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

    /// @throws ProblemException `validation_failed` if `text` was not made by [#format]
    public static <C> C parse(String text, BiFunction<Instant, UUID, C> place) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                throw new IllegalArgumentException("not a cursor");
            }
            // Within the years that PostgreSQL and clients know; what format() made is.
            var time = Instant.ofEpochMilli(Math.floorMod(bytes.getLong(), 1L << 47));
            return place.apply(time, new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw notOfThisList();
        }
    }

    private static ProblemException notOfThisList() {
        return ProblemException.invalid(FieldProblem.invalid("cursor", "is not a cursor of this list"));
    }
}
