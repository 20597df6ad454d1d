package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as it stands in events: the same for every reader, so without `is_read` and `reacted`.
/// @param seq the `seq` of the message's creation, whatever event it is shown in
/// @param timestamp when it was committed, to the millisecond; `seq` orders, this does not
/// @param content empty when deleted
@JsonPropertyOrder({
    "id",
    "room_id",
    "seq",
    "sender",
    "content",
    "client_message_id",
    "reply_to",
    "timestamp",
    "edited_at",
    "deleted_at",
    "reactions"
})
public record EventMessage(
        MessageId id,
        RoomId roomId,
        long seq,
        UserRef sender,
        String content,
        @Nullable String clientMessageId,
        @Nullable ReplyTo replyTo,
        Instant timestamp,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        List<ReactionCount> reactions) {}
