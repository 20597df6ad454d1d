package dev.parley.room.log;

import dev.parley.model.event.EventMessage;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads logs and shows the present: what an event refers to is joined when it is read.
@ApplicationScoped
public class EventLog {

    /// Rows fetched at a time: a page that is full by its bytes has read little in vain.
    private static final int FETCH_SIZE = 50;

    private static final String HEAD = "SELECT last_seq, log_epoch FROM rooms WHERE id = ?";

    private static final String EVENTS = """
            SELECT e.seq, e.type, e.actor_id, e.created_at,
                   m.id, m.seq, m.sender_id, m.content, m.client_message_id, m.reply_to_id, m.reply_to_seq,
                   m.created_at, m.edited_at, m.deleted_at, u.username, u.display_name
            FROM events e
            LEFT JOIN messages m ON m.room_id = e.room_id AND m.id = e.message_id
            LEFT JOIN users u ON u.id = m.sender_id
            WHERE e.room_id = ? AND e.seq > ? AND e.seq <= ?
            ORDER BY e.seq
            LIMIT ?
            """;

    private final Database database;
    private final RelayEntries entries;
    private final long pageBytes;

    EventLog(Database database, RelayEntries entries, LogConfig config) {
        this.database = database;
        this.entries = entries;
        this.pageBytes = config.pageBytes().asLongValue();
    }

    /// A page of a log, also of a deleted room's; empty if there is no such room.
    /// @param afterSeq exclusive
    /// @param limit most events, at least 1
    public Optional<LogPage> read(RoomId room, long afterSeq, int limit) {
        // A transaction, because only in one does the driver fetch in portions.
        return database.inTransaction(connection -> {
            var head = head(connection, room);
            return head == null
                    ? Optional.empty()
                    : Optional.of(new LogPage(
                            events(connection, room, afterSeq, head, limit), head.lastSeq(), head.logEpoch()));
        });
    }

    private record Head(long lastSeq, long logEpoch) {}

    private static @Nullable Head head(Connection connection, RoomId room) throws SQLException {
        try (var statement = connection.prepareStatement(HEAD)) {
            statement.setObject(1, room.value());
            var rows = statement.executeQuery();
            return rows.next() ? new Head(rows.getLong(1), rows.getLong(2)) : null;
        }
    }

    private List<RelayEntry> events(Connection connection, RoomId room, long afterSeq, Head head, int limit)
            throws SQLException {
        var events = new ArrayList<RelayEntry>();
        try (var statement = connection.prepareStatement(EVENTS)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setObject(1, room.value());
            statement.setLong(2, afterSeq);
            statement.setLong(3, head.lastSeq());
            statement.setInt(4, limit);
            var rows = statement.executeQuery();
            for (long bytes = 0; bytes < pageBytes && rows.next(); ) {
                var entry = entries.of(new LoggedEvent(event(room, rows), head.logEpoch(), null));
                bytes += entry.body().getBytes(StandardCharsets.UTF_8).length;
                events.add(entry);
            }
        }
        return events;
    }

    private static RoomEvent event(RoomId room, ResultSet row) throws SQLException {
        var seq = row.getLong(1);
        var actor = new UserId(row.getObject(3, UUID.class));
        var at = instant(row, 4);
        return switch (row.getString(2)) {
            case RoomEvent.MessageCreated.TYPE ->
                new RoomEvent.MessageCreated(room, seq, at, actor, message(room, row));
            case String other -> throw new IllegalStateException("unknown event in the log: " + other);
        };
    }

    private static EventMessage message(RoomId room, ResultSet row) throws SQLException {
        return new EventMessage(
                new MessageId(row.getObject(5, UUID.class)),
                room,
                row.getLong(6),
                user(row),
                row.getString(8),
                row.getString(9),
                replyTo(row),
                instant(row, 12),
                optionalInstant(row, 13),
                optionalInstant(row, 14),
                List.of());
    }

    private static UserRef user(ResultSet row) throws SQLException {
        var id = new UserId(row.getObject(7, UUID.class));
        var username = row.getString(15);
        return username == null ? UserRef.erased(id) : UserRef.present(id, username, row.getString(16));
    }

    private static @Nullable ReplyTo replyTo(ResultSet row) throws SQLException {
        var id = row.getObject(10, UUID.class);
        return id == null ? null : new ReplyTo(new MessageId(id), row.getLong(11));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
