package dev.parley.room.message;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds messages by their place in a room's history.
@ApplicationScoped
class MessageRepository implements PanacheRepositoryBase<MessageEntity, MessageEntity.Key> {

    private static final String LATEST_OF_EACH = """
            SELECT m.* FROM rooms r JOIN messages m ON m.room_id = r.id AND m.seq = r.last_message_seq
            WHERE r.id = ANY (:rooms)
            """;

    private static final String ALL_AT =
            "SELECT m.* FROM unnest(:rooms, :seqs) AS k (room_id, seq) JOIN messages m USING (room_id, seq)";

    Optional<MessageEntity> findIn(RoomId room, MessageId id) {
        return find("roomId = ?1 and id = ?2", room.value(), id.value()).firstResultOptional();
    }

    /// The messages before a place, in ascending order.
    /// @param seq exclusive
    List<MessageEntity> before(RoomId room, long seq, int limit) {
        return find("roomId = ?1 and seq < ?2 order by seq desc", room.value(), seq)
                .page(0, limit)
                .list()
                .reversed();
    }

    /// The messages from a place on, in ascending order.
    /// @param seq inclusive
    List<MessageEntity> from(RoomId room, long seq, int limit) {
        return find("roomId = ?1 and seq >= ?2 order by seq", room.value(), seq)
                .page(0, limit)
                .list();
    }

    /// The messages at these places, in no order, in one query.
    @SuppressWarnings("unchecked") // a native query's result type is its entity argument
    List<MessageEntity> findAllAt(List<MessagePlace> places) {
        return getEntityManager()
                .createNativeQuery(ALL_AT, MessageEntity.class)
                .setParameter(
                        "rooms",
                        places.stream().map(place -> place.room().value()).toArray(UUID[]::new))
                .setParameter("seqs", places.stream().map(MessagePlace::seq).toArray(Long[]::new))
                .getResultList();
    }

    /// The newest message of each of the rooms that has one.
    @SuppressWarnings("unchecked") // a native query's result type is its entity argument
    List<MessageEntity> latestOfEach(Collection<RoomId> rooms) {
        return getEntityManager()
                .createNativeQuery(LATEST_OF_EACH, MessageEntity.class)
                .setParameter("rooms", rooms.stream().map(RoomId::value).toArray(UUID[]::new))
                .getResultList();
    }
}
