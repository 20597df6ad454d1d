package dev.parley.room.search;

import dev.parley.kit.paging.Cursor;
import java.util.UUID;

/// Where a page of found messages ended.
/// @param before the id of its last message, exclusive
record SearchCursor(UUID before) {

    /// Above all ids.
    static final SearchCursor NEWEST = new SearchCursor(new UUID(-1, -1));

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it is not one of ours
    static SearchCursor parse(String text) {
        var numbers = Cursor.parse(text, 2);
        return new SearchCursor(new UUID(numbers[0], numbers[1]));
    }

    @Override
    public String toString() {
        return Cursor.format(before.getMostSignificantBits(), before.getLeastSignificantBits());
    }
}
