package dev.parley.gateway.feed;

import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// A durable event on its way to sockets.
/// @param userIds users whose standing in the room it changes
/// @param arrivedNanos when the command behind it arrived at this gateway, by [System#nanoTime]; empty for all others
/// @param json the UTF-8 bytes that clients receive; never changed
@SuppressWarnings("ArrayRecordComponent") // one array for all readers; nobody compares events
record FeedEvent(long seq, long logEpoch, String type, List<UserId> userIds, OptionalLong arrivedNanos, byte[] json) {

    private static final String PARTICIPANT_REMOVED = "participant.removed";
    private static final String ROOM_DELETED = "room.deleted";
    private static final Set<String> REWRITES = Set.of("message.updated", "message.deleted");

    /// An event of the log: when its command came is of no interest any more.
    static FeedEvent of(RelayEntry entry) {
        return of(entry, OptionalLong.empty());
    }

    static FeedEvent of(RelayEntry entry, OptionalLong arrivedNanos) {
        return new FeedEvent(
                entry.seq(),
                entry.logEpoch(),
                entry.type(),
                entry.userIds(),
                arrivedNanos,
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
