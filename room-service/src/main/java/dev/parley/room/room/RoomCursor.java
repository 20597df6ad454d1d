package dev.parley.room.room;

import dev.parley.kit.paging.Cursor;
import java.time.Instant;
import java.util.UUID;

/// Where a page of rooms ended.
record RoomCursor(Instant lastActivityAt, UUID id) {

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it is not one of ours
    static RoomCursor parse(String text) {
        return Cursor.parse(text, RoomCursor::new);
    }

    static RoomCursor of(RoomEntity row) {
        return new RoomCursor(row.lastActivityAt, row.id);
    }

    @Override
    public String toString() {
        return Cursor.format(lastActivityAt, id);
    }
}
