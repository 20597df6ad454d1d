package dev.parley.room.internal;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Heads;
import dev.parley.room.log.EventRooms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// Reads whose list of rooms changed since a moment: of each user and room the latest change.
final class Memberships {

    // Three kinds: an event about one user, a deletion about all who were in the room, and the first participants of a
    // new room, which are no events. Each starts at a partial index of its own and ends at the limit.
    private static final String CHANGED = """
            (SELECT e.room_id, e.user_id, e.seq, e.type = 'participant.added' AS added, e.membership_at AS at
             FROM events e
             WHERE e.membership_at >= ? AND e.type <> 'room.deleted' ORDER BY e.membership_at LIMIT ?)
            UNION ALL
            (SELECT e.room_id, p.user_id, e.seq, false, e.membership_at
             FROM events e JOIN participants p ON p.room_id = e.room_id
             WHERE e.membership_at >= ? AND e.type = 'room.deleted' LIMIT ?)
            UNION ALL
            (SELECT r.id, p.user_id, 0, true, r.made_at
             FROM rooms r JOIN participants p ON p.room_id = r.id AND p.joined_at = r.created_at
             WHERE r.made_at >= ? LIMIT ?)
            """;

    /// A change and when it was made.
    record Change(Heads.MembershipChange change, Watermark at) {}

    /// @param complete false when there were too many changes; there are none then
    record Changes(boolean complete, List<Change> changes) {}

    private record Key(RoomId room, UserId user) {}

    private record Row(Key key, long seq, boolean added, Watermark at) {}

    private Memberships() {}

    /// @param max most changes
    static Changes since(Connection connection, Watermark from, int max) throws SQLException {
        var latest = new HashMap<Key, Row>();
        var number = 0;
        try (var statement = connection.prepareStatement(CHANGED)) {
            for (int i = 0; i < 3; i++) {
                statement.setObject(2 * i + 1, from.time().atOffset(ZoneOffset.UTC));
                statement.setInt(2 * i + 2, max + 1);
            }
            var rows = statement.executeQuery();
            for (; rows.next() && number <= max; number++) {
                var row = new Row(
                        new Key(new RoomId(rows.getObject(1, UUID.class)), new UserId(rows.getObject(2, UUID.class))),
                        rows.getLong(3),
                        rows.getBoolean(4),
                        new Watermark(rows.getObject(5, OffsetDateTime.class).toInstant()));
                latest.merge(row.key(), row, (one, other) -> one.seq() > other.seq() ? one : other);
            }
        }
        return number > max
                ? new Changes(false, List.of())
                : new Changes(true, changes(connection, List.copyOf(latest.values())));
    }

    private static List<Change> changes(Connection connection, List<Row> rows) throws SQLException {
        var ids = new HashSet<RoomId>();
        rows.stream().filter(Row::added).forEach(row -> ids.add(row.key().room()));
        var rooms = EventRooms.find(connection, ids);
        return rows.stream()
                .map(row -> new Change(
                        new Heads.MembershipChange(
                                row.key().room(),
                                row.key().user(),
                                row.seq(),
                                row.added() ? rooms.get(row.key().room()) : null),
                        row.at()))
                .toList();
    }
}
