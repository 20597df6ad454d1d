package dev.parley.room.message;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A row of `messages`, read only; the writer knows columns that are nobody else's.
@Entity
@Table(name = "messages")
@IdClass(MessageEntity.Key.class)
@NullUnmarked
class MessageEntity {

    /// The primary key.
    record Key(UUID roomId, long seq) {}

    @Id
    @Column(name = "room_id")
    UUID roomId;

    @Id
    long seq;

    UUID id;

    @Column(name = "sender_id")
    UUID senderId;

    String content;

    @Column(name = "client_message_id")
    String clientMessageId;

    @Column(name = "reply_to_id")
    UUID replyToId;

    @Column(name = "reply_to_seq")
    Long replyToSeq;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "edited_at")
    Instant editedAt;

    @Column(name = "deleted_at")
    Instant deletedAt;
}
