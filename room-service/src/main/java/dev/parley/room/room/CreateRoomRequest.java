package dev.parley.room.room;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.text.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a room's creation. Which members count depends on `room_type`; the others are ignored.
@Schema(
        name = "NewRoom",
        requiredProperties = {"room_type", "participant_ids"})
record CreateRoomRequest(
        @Nullable RoomType roomType,
        @Nullable String name,
        @Nullable List<@Nullable UserId> participantIds,
        @Nullable String clientRoomId) {

    /// Longest name of a group, in code points.
    static final int MAX_NAME = 100;

    /// What the request asks for, with its members in order.
    sealed interface Wish {

        /// @param other not the caller
        record PrivateRoom(UserId other) implements Wish {}

        /// @param participantIds as in the request, so that a complaint can name a place in it
        record Group(
                String name,
                List<UserId> participantIds,
                @Nullable String clientRoomId) implements Wish {}
    }

    /// @throws ProblemException `validation_failed` with every member at fault
    Wish toWish(UserId caller) {
        if (roomType == null) {
            throw ProblemException.invalid(FieldProblem.required("room_type"));
        }
        var problems = new ArrayList<FieldProblem>();
        var ids = ids(problems);
        return switch (roomType) {
            case PRIVATE -> {
                if (problems.isEmpty() && ids.size() != 1) {
                    problems.add(FieldProblem.invalid("participant_ids", "must name exactly one other user"));
                } else if (problems.isEmpty() && ids.getFirst().equals(caller)) {
                    problems.add(FieldProblem.invalid("participant_ids[0]", "must be another user"));
                }
                refuse(problems);
                yield new Wish.PrivateRoom(ids.getFirst());
            }
            case GROUP -> {
                var validName = name(problems);
                Optional.ofNullable(clientRoomId)
                        .flatMap(TextRules::clientIdViolation)
                        .ifPresent(violation -> problems.add(FieldProblem.invalid("client_room_id", violation)));
                refuse(problems);
                yield new Wish.Group(validName, ids, clientRoomId);
            }
        };
    }

    private List<UserId> ids(List<FieldProblem> problems) {
        var ids = new ArrayList<UserId>();
        if (participantIds == null) {
            problems.add(FieldProblem.required("participant_ids"));
            return ids;
        }
        for (int i = 0; i < participantIds.size(); i++) {
            var id = participantIds.get(i);
            if (id == null) {
                problems.add(FieldProblem.required("participant_ids[" + i + "]"));
            } else {
                ids.add(id);
            }
        }
        return ids;
    }

    private String name(List<FieldProblem> problems) {
        if (name == null) {
            problems.add(FieldProblem.required("name"));
            return "";
        }
        TextRules.nameViolation(name, 1, MAX_NAME)
                .ifPresent(violation -> problems.add(FieldProblem.invalid("name", violation)));
        return name;
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw ProblemException.invalid(problems.toArray(FieldProblem[]::new));
        }
    }
}
