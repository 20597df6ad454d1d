package dev.parley.room.participant;

import dev.parley.kit.paging.Cursor;
import java.time.Instant;
import java.util.UUID;

/// Where a page of participants ended.
record ParticipantCursor(Instant joinedAt, UUID userId) {

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it is not one of ours
    static ParticipantCursor parse(String text) {
        return Cursor.parse(text, ParticipantCursor::new);
    }

    static ParticipantCursor of(ParticipantEntity row) {
        return new ParticipantCursor(row.joinedAt, row.userId);
    }

    @Override
    public String toString() {
        return Cursor.format(joinedAt, userId);
    }
}
