package dev.parley.room.participant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A row of `participants`, read only.
@Entity
@Table(name = "participants")
@IdClass(ParticipantEntity.Key.class)
@NullUnmarked
class ParticipantEntity {

    /// The primary key: messages, events and participants are all keyed by their room first.
    record Key(UUID roomId, UUID userId) {}

    @Id
    @Column(name = "room_id")
    UUID roomId;

    @Id
    @Column(name = "user_id")
    UUID userId;

    Role role;

    @Column(name = "joined_at")
    Instant joinedAt;

    @Column(name = "last_read_seq")
    long lastReadSeq;
}
