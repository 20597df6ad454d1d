package dev.parley.room.participant;

import dev.parley.kit.paging.Cursor;
import java.util.UUID;

/// Where a page of readers ended. Somebody who reads on meanwhile is met again; nobody is missed.
public record ReaderCursor(long lastReadSeq, UUID userId) {

    static final ReaderCursor BEFORE_ALL = new ReaderCursor(0, new UUID(0, 0));

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it is not one of ours
    public static ReaderCursor parse(String text) {
        var numbers = Cursor.parse(text, 3);
        return new ReaderCursor(numbers[0], new UUID(numbers[1], numbers[2]));
    }

    static ReaderCursor of(ParticipantEntity row) {
        return new ReaderCursor(row.lastReadSeq, row.userId);
    }

    @Override
    public String toString() {
        return Cursor.format(lastReadSeq, userId.getMostSignificantBits(), userId.getLeastSignificantBits());
    }
}
