package dev.parley.room.log;

import dev.parley.model.event.EventRoom;
import dev.parley.model.id.RoomId;
import dev.parley.room.database.SqlArrays;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Reads rooms as they stand in events.
public final class EventRooms {

    private static final String FIND =
            "SELECT id, room_type, name, created_at, participant_count FROM rooms WHERE id = ANY (?)";

    private EventRooms() {}

    /// One room that exists.
    public static EventRoom one(Connection connection, RoomId id) throws SQLException {
        return Objects.requireNonNull(find(connection, List.of(id)).get(id));
    }

    /// Those of the rooms that exist, deleted ones too, in one query.
    public static Map<RoomId, EventRoom> find(Connection connection, Collection<RoomId> ids) throws SQLException {
        var rooms = new HashMap<RoomId, EventRoom>();
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, SqlArrays.uuids(connection, ids, RoomId::value));
            var rows = statement.executeQuery();
            while (rows.next()) {
                var id = new RoomId(rows.getObject(1, UUID.class));
                var createdAt = rows.getObject(4, OffsetDateTime.class).toInstant();
                rooms.put(id, new EventRoom(id, rows.getString(2), rows.getString(3), createdAt, rows.getInt(5)));
            }
        }
        return rooms;
    }
}
