package dev.parley.room.log;

import dev.parley.model.id.RoomId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads logs and shows the present: what an event refers to is joined when it is read.
@ApplicationScoped
public class EventLog {

    /// Rows fetched at a time: a page that is full by its bytes has read little in vain.
    private static final int FETCH_SIZE = 50;

    private static final String HEAD = "SELECT last_seq, log_epoch FROM rooms WHERE id = ?";

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
        try (var statement = connection.prepareStatement(EventRow.SELECT)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setObject(1, room.value());
            statement.setLong(2, afterSeq);
            statement.setLong(3, head.lastSeq());
            statement.setInt(4, limit);
            var rows = statement.executeQuery();
            for (long bytes = 0; bytes < pageBytes && rows.next(); ) {
                var event = new EventRow(room, rows).event();
                var entry = entries.of(new LoggedEvent(event, head.logEpoch(), null));
                bytes += entry.body().getBytes(StandardCharsets.UTF_8).length;
                events.add(entry);
            }
        }
        return events;
    }

    /// What a transaction has appended, rendered as any later reader will see it.
    /// @param room as it was locked, before the events
    List<RelayEntry> appended(Connection connection, LockedRoom room, int number) throws SQLException {
        var events = new ArrayList<RelayEntry>();
        try (var statement = connection.prepareStatement(EventRow.SELECT)) {
            statement.setObject(1, room.id().value());
            statement.setLong(2, room.lastSeq());
            statement.setLong(3, room.lastSeq() + number);
            statement.setInt(4, number);
            var rows = statement.executeQuery();
            while (rows.next()) {
                events.add(entries.of(new LoggedEvent(new EventRow(room.id(), rows).event(), room.logEpoch(), null)));
            }
        }
        return events;
    }
}
