package dev.parley.room.room;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which of the caller's rooms are listed.
/// @param peerId the other of a private room; leaves out all groups
record RoomFilter(@Nullable RoomType roomType, @Nullable UserId peerId) {

    /// @throws ProblemException `validation_failed` if a value has the wrong form
    static RoomFilter parse(@Nullable String roomType, @Nullable String peerId) {
        return new RoomFilter(
                parse("room_type", roomType, RoomType::fromString), parse("peer_id", peerId, UserId::fromString));
    }

    private static <T> @Nullable T parse(String name, @Nullable String text, Function<String, T> parser) {
        try {
            return text == null ? null : parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(FieldProblem.invalid(name, "has the wrong form"));
        }
    }
}
