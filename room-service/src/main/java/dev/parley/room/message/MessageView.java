package dev.parley.room.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.event.EventMessage;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.room.reaction.ReactionView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A message, as one reader sees it.
/// @param content empty when deleted
/// @param isRead on another's message whether the reader has read it, on his own whether all others have
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
    "is_read",
    "reactions"
})
@Schema(name = "Message")
public record MessageView(
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
        @JsonProperty("is_read") boolean isRead,
        List<ReactionView> reactions) {

    /// A message that was stored this moment: nobody has reacted to it, and nobody else has read it.
    static MessageView ofNew(EventMessage message) {
        return new MessageView(
                message.id(),
                message.roomId(),
                message.seq(),
                message.sender(),
                message.content(),
                message.clientMessageId(),
                message.replyTo(),
                message.timestamp(),
                message.editedAt(),
                message.deletedAt(),
                false,
                List.of());
    }

    static MessageView of(MessageEntity row, UserRef sender, boolean isRead, List<ReactionView> reactions) {
        return new MessageView(
                new MessageId(row.id),
                new RoomId(row.roomId),
                row.seq,
                sender,
                row.content,
                row.clientMessageId,
                row.replyToId == null ? null : new ReplyTo(new MessageId(row.replyToId), row.replyToSeq),
                row.createdAt,
                row.editedAt,
                row.deletedAt,
                isRead,
                reactions);
    }
}
