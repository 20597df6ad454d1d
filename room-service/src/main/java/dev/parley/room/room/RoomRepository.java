package dev.parley.room.room;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds rooms that are not deleted.
@ApplicationScoped
class RoomRepository implements PanacheRepositoryBase<RoomEntity, UUID> {

    private static final String OF_USER = """
            select r from RoomEntity r join ParticipantEntity p on p.roomId = r.id
            where p.userId = :user and r.deletedAt is null
            """;

    private static final String OF_PAIR = """
            roomType = dev.parley.room.room.RoomType.PRIVATE
            and (firstUserId = ?1 and secondUserId = ?2 or firstUserId = ?2 and secondUserId = ?1)
            """;

    Optional<RoomEntity> findPresent(RoomId id) {
        return find("id = ?1 and deletedAt is null", id.value()).firstResultOptional();
    }

    Optional<RoomEntity> findOfPair(UserId one, UserId other) {
        return find(OF_PAIR, one.value(), other.value()).firstResultOptional();
    }

    /// Also one that is deleted: its `client_room_id` stays used.
    Optional<RoomEntity> findByClientId(UserId creator, String clientRoomId) {
        return find("createdBy = ?1 and clientRoomId = ?2", creator.value(), clientRoomId)
                .firstResultOptional();
    }

    /// A user's rooms, the latest activity first.
    /// @param after exclusive; null for the first page
    /// @param limit most rows
    List<RoomEntity> page(UserId user, RoomFilter filter, @Nullable RoomCursor after, int limit) {
        var query = new StringBuilder(OF_USER);
        var parameters = Parameters.with("user", user.value());
        if (filter.roomType() != null) {
            query.append(" and r.roomType = :type");
            parameters.and("type", filter.roomType());
        }
        if (filter.peerId() != null) {
            query.append(" and r.roomType = dev.parley.room.room.RoomType.PRIVATE")
                    .append(" and (r.firstUserId = :user and r.secondUserId = :peer")
                    .append(" or r.firstUserId = :peer and r.secondUserId = :user)");
            parameters.and("peer", filter.peerId().value());
        }
        if (after != null) {
            query.append(" and (r.lastActivityAt < :at or (r.lastActivityAt = :at and r.id < :id))");
            parameters.and("at", after.lastActivityAt()).and("id", after.id());
        }
        query.append(" order by r.lastActivityAt desc, r.id desc");
        return find(query.toString(), parameters).page(0, limit).list();
    }
}
