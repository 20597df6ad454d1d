package dev.parley.room.message;

import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.log.LockMode;
import dev.parley.room.log.LockedRooms;
import dev.parley.room.log.RoomLog;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Stores messages: the one way a message comes into a log, whoever sends it. A batch is one transaction of seven
/// statements, whatever its size; measured, 20 messages a commit store ten to twenty times as many as one.
@ApplicationScoped
public class MessageWriter {

    // Plain INSERTs, never ON CONFLICT: it would burn a number or hide that a rule was broken.
    private static final String INSERT = """
            INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash,
                                  reply_to_id, reply_to_seq, words, created_at)
            SELECT m.room_id, m.seq, m.id, m.sender_id, m.content, m.client_message_id, m.sent_hash,
                   m.reply_to_id, m.reply_to_seq, m.words::bigint[], ?::timestamptz
            FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::uuid[],
                        ?::uuid[], ?::bigint[], ?::text[])
                AS m (room_id, seq, id, sender_id, content, client_message_id, sent_hash,
                      reply_to_id, reply_to_seq, words)
            """;

    private final Database database;
    private final InstantSource clock;
    private final Timer transactions;
    private final DistributionSummary stored;

    MessageWriter(Database database, InstantSource clock, MeterRegistry metrics) {
        this.database = database;
        this.clock = clock;
        this.transactions = Timer.builder("parley.log.transactions")
                .description("Transactions that append messages")
                .register(metrics);
        this.stored = DistributionSummary.builder("parley.log.messages")
                .description("Messages stored by a transaction")
                .register(metrics);
    }

    /// Decides and stores a batch in one transaction.
    /// @param batch not empty; those of one room are taken in their order
    /// @throws DatabaseException if nothing is stored; after a failed commit it is not known, and repeating the
    ///     batch finds out
    public WrittenBatch write(List<Sends> batch, LockMode mode) {
        // Before the rooms are locked: long texts take their time.
        var words = BatchWords.of(batch);
        var written =
                transactions.record(() -> database.inTransaction(connection -> write(connection, batch, mode, words)));
        if (written == null) {
            throw new IllegalStateException("a timer lost its result");
        }
        stored.record(written.events().size());
        return written;
    }

    private WrittenBatch write(Connection connection, List<Sends> batch, LockMode mode, BatchWords words)
            throws SQLException {
        LockedRooms rooms =
                RoomLog.lock(connection, batch.stream().map(Sends::roomId).toList(), mode);
        var facts = new SendFactsQuery(connection, batch).run(rooms);
        var plan = new SendPlan(facts, clock.instant());
        var results = batch.stream().map(plan::decide).toList();
        var messages = plan.messages();
        if (!messages.isEmpty()) {
            insert(connection, messages, words);
            RoomLog.append(connection, messages.stream().map(NewMessage::event).toList());
            RoomLog.advance(connection, plan.advances());
        }
        return new WrittenBatch(
                results, messages.stream().map(NewMessage::logged).toList());
    }

    private static void insert(Connection connection, List<NewMessage> rows, BatchWords words) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, rows.getFirst().message().timestamp().toString());
            statement.setArray(
                    2, SqlArrays.uuids(connection, rows, row -> row.room().id().value()));
            statement.setArray(
                    3, SqlArrays.longs(connection, rows, row -> row.message().seq()));
            statement.setArray(
                    4,
                    SqlArrays.uuids(connection, rows, row -> row.message().id().value()));
            statement.setArray(
                    5,
                    SqlArrays.uuids(
                            connection, rows, row -> row.message().sender().id().value()));
            statement.setArray(
                    6, SqlArrays.texts(connection, rows, row -> row.message().content()));
            statement.setArray(
                    7, SqlArrays.texts(connection, rows, row -> row.message().clientMessageId()));
            statement.setArray(8, SqlArrays.uuids(connection, rows, NewMessage::hash));
            statement.setArray(9, SqlArrays.uuids(connection, rows, NewMessage::replyToId));
            statement.setArray(10, SqlArrays.longs(connection, rows, NewMessage::replyToSeq));
            statement.setArray(11, SqlArrays.texts(connection, rows, words::of));
            statement.executeUpdate();
        }
    }
}
