package dev.parley.room.search;

import dev.parley.kit.paging.Cursor;
import dev.parley.model.id.RoomId;
import dev.parley.room.message.MessagePlace;
import java.time.Instant;
import java.util.UUID;

/// Where a page of found messages ended: the newest come first, those of one moment by room, then by `seq`.
record SearchCursor(Instant at, MessagePlace place) {

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it is not one of ours
    static SearchCursor parse(String text) {
        var numbers = Cursor.parse(text, 4);
        var room = new RoomId(new UUID(numbers[1], numbers[2]));
        return new SearchCursor(Cursor.time(numbers[0]), new MessagePlace(room, numbers[3]));
    }

    @Override
    public String toString() {
        var room = place.room().value();
        return Cursor.format(
                at.toEpochMilli(), room.getMostSignificantBits(), room.getLeastSignificantBits(), place.seq());
    }
}
