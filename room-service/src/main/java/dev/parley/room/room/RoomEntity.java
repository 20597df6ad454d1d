package dev.parley.room.room;

import dev.parley.model.id.RoomId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A row of `rooms`, read only.
@Entity
@Table(name = "rooms")
@NullUnmarked
class RoomEntity {

    @Id
    UUID id;

    @Column(name = "room_type")
    RoomType roomType;

    String name;

    @Column(name = "first_user_id")
    UUID firstUserId;

    @Column(name = "second_user_id")
    UUID secondUserId;

    @Column(name = "created_by")
    UUID createdBy;

    @Column(name = "client_room_id")
    String clientRoomId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "participant_count")
    int participantCount;

    @Column(name = "last_seq")
    long lastSeq;

    @Column(name = "log_epoch")
    long logEpoch;

    @Column(name = "last_activity_at")
    Instant lastActivityAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    RoomId roomId() {
        return new RoomId(id);
    }
}
