package dev.parley.gateway.feed;

import dev.parley.model.id.UserId;
import org.jspecify.annotations.Nullable;

/// Something of the moment for those who follow a room live. It has no place in the log.
/// @param exceptUserId a user none of whose readers get it; null when all do
/// @param exceptConnectionId a connection that does not get it; null when all do
/// @param json the UTF-8 bytes that clients receive; never changed
@SuppressWarnings("ArrayRecordComponent") // one array for all readers; nobody compares these
public record Ephemeral(
        @Nullable UserId exceptUserId, @Nullable String exceptConnectionId, byte[] json) {

    boolean isFor(FeedReader reader) {
        return !reader.userId().equals(exceptUserId) && !reader.connectionId().equals(exceptConnectionId);
    }
}
