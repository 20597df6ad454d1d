package dev.parley.gateway.feed;

import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// A durable event on its way to sockets.
/// @param userIds users whose standing in the room it changes
/// @param json the UTF-8 bytes that clients receive; never changed
@SuppressWarnings("ArrayRecordComponent") // one array for all readers; nobody compares events
record FeedEvent(long seq, long logEpoch, String type, List<UserId> userIds, byte[] json) {

    private static final String PARTICIPANT_REMOVED = "participant.removed";
    private static final String ROOM_DELETED = "room.deleted";
    private static final Set<String> REWRITES = Set.of("message.updated", "message.deleted");

    static FeedEvent of(RelayEntry entry) {
        return new FeedEvent(
                entry.seq(),
                entry.logEpoch(),
                entry.type(),
                entry.userIds(),
                entry.body().getBytes(StandardCharsets.UTF_8));
    }

    /// Whether earlier events must not be shown any more as they were sent.
    boolean rewritesThePast() {
        return REWRITES.contains(type);
    }

    boolean endsReading() {
        return type.equals(PARTICIPANT_REMOVED) || deletesTheRoom();
    }

    boolean endsReadingOf(UserId user) {
        return deletesTheRoom() || (type.equals(PARTICIPANT_REMOVED) && userIds.contains(user));
    }

    boolean deletesTheRoom() {
        return type.equals(ROOM_DELETED);
    }
}
