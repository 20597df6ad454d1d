package dev.parley.room.room;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.text.TextRules;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a room's change.
/// @param name absent means unchanged
@Schema(name = "RoomChange")
record ChangeRoomRequest(@Nullable String name) {

    /// @throws ProblemException `validation_failed` if it is no name of a room
    Optional<String> validName() {
        var given = Optional.ofNullable(name);
        given.flatMap(text -> TextRules.nameViolation(text, 1, CreateRoomRequest.MAX_NAME))
                .ifPresent(violation -> {
                    throw ProblemException.invalid(FieldProblem.invalid("name", violation));
                });
        return given;
    }
}
