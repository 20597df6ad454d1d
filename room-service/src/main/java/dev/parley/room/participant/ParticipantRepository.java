package dev.parley.room.participant;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/// Finds participants, in the order of their joining.
@ApplicationScoped
class ParticipantRepository implements PanacheRepositoryBase<ParticipantEntity, ParticipantEntity.Key> {

    private static final String FIRST_OF_EACH = """
            SELECT p.* FROM unnest(:rooms) AS wanted (id)
            CROSS JOIN LATERAL (
                SELECT * FROM participants WHERE room_id = wanted.id ORDER BY joined_at, user_id LIMIT :number
            ) p
            ORDER BY p.room_id, p.joined_at, p.user_id
            """;

    /// @param limit most rows
    List<ParticipantEntity> page(RoomId room, int limit) {
        return find("roomId = ?1 order by joinedAt, userId", room.value())
                .page(0, limit)
                .list();
    }

    /// @param after exclusive
    /// @param limit most rows
    List<ParticipantEntity> page(RoomId room, ParticipantCursor after, int limit) {
        return find(
                        "roomId = ?1 and (joinedAt > ?2 or (joinedAt = ?2 and userId > ?3)) order by joinedAt, userId",
                        room.value(),
                        after.joinedAt(),
                        after.userId())
                .page(0, limit)
                .list();
    }

    /// Those who have read up to a `seq`, the least far first: an index gives exactly these, however many have not.
    /// @param except who is left out
    /// @param after exclusive
    /// @param limit most rows
    List<ParticipantEntity> readers(RoomId room, long seq, UserId except, ReaderCursor after, int limit) {
        return find(
                        "roomId = ?1 and lastReadSeq >= ?2 and userId <> ?3"
                                + " and (lastReadSeq > ?4 or (lastReadSeq = ?4 and userId > ?5))"
                                + " order by lastReadSeq, userId",
                        room.value(),
                        Math.max(seq, after.lastReadSeq()),
                        except.value(),
                        after.lastReadSeq(),
                        after.userId())
                .page(0, limit)
                .list();
    }

    /// Those of the users who are in the room.
    List<ParticipantEntity> findAllOf(RoomId room, Collection<UserId> users) {
        return list(
                "roomId = ?1 and userId in ?2",
                room.value(),
                users.stream().map(UserId::value).toList());
    }

    /// The first participants of several rooms, in one query.
    /// @param number most rows a room
    @SuppressWarnings("unchecked") // a native query's result type is its entity argument
    List<ParticipantEntity> firstOfEach(Collection<RoomId> rooms, int number) {
        return getEntityManager()
                .createNativeQuery(FIRST_OF_EACH, ParticipantEntity.class)
                .setParameter("rooms", rooms.stream().map(RoomId::value).toArray(java.util.UUID[]::new))
                .setParameter("number", number)
                .getResultList();
    }
}
