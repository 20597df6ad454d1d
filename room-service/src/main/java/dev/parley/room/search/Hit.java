package dev.parley.room.search;

import dev.parley.model.id.RoomId;
import dev.parley.room.message.MessagePlace;
import java.util.Comparator;
import java.util.UUID;

/// A message that has the words.
/// @param id its time comes first in it; hits are listed by it
record Hit(MessagePlace place, UUID id) {

    /// PostgreSQL's order of UUIDs, which is not Java's.
    static final Comparator<UUID> BY_ID = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    static final Comparator<Hit> NEWEST_FIRST = Comparator.comparing(Hit::id, BY_ID.reversed());

    Hit(RoomId room, long seq, UUID id) {
        this(new MessagePlace(room, seq), id);
    }

    SearchCursor cursor() {
        return new SearchCursor(id);
    }
}
