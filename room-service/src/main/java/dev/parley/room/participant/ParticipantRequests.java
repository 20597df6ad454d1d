package dev.parley.room.participant;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The bodies of changes of participants.
final class ParticipantRequests {

    private static final int MAX_USERS = 1_000;

    private ParticipantRequests() {}

    /// @param userIds 1 to 1,000
    @Schema(name = "NewParticipants", requiredProperties = "user_ids")
    record Add(@Nullable List<@Nullable UserId> userIds) {

        /// @throws ProblemException `validation_failed` with the places at fault
        List<UserId> valid() {
            if (userIds == null) {
                throw ProblemException.invalid(FieldProblem.required("user_ids"));
            }
            if (userIds.isEmpty() || userIds.size() > MAX_USERS) {
                throw ProblemException.invalid(
                        FieldProblem.invalid("user_ids", "must name 1 to " + MAX_USERS + " users"));
            }
            var ids = new ArrayList<UserId>();
            for (int i = 0; i < userIds.size(); i++) {
                var id = userIds.get(i);
                if (id == null) {
                    throw ProblemException.invalid(FieldProblem.required("user_ids[" + i + "]"));
                }
                ids.add(id);
            }
            return ids;
        }
    }

    /// @param role absent means unchanged
    @Schema(name = "ParticipantChange")
    record Change(@Nullable Role role) {}
}
