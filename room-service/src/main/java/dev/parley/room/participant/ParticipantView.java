package dev.parley.room.participant;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A participant, as the others of the room see him.
@JsonPropertyOrder({"user", "role", "joined_at", "last_read_seq"})
@Schema(name = "Participant")
public record ParticipantView(UserRef user, Role role, Instant joinedAt, long lastReadSeq) {

    static ParticipantView of(ParticipantEntity row, Map<UserId, UserRef> users) {
        var id = new UserId(row.userId);
        return new ParticipantView(users.getOrDefault(id, UserRef.erased(id)), row.role, row.joinedAt, row.lastReadSeq);
    }
}
