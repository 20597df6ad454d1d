package dev.parley.room.database;

import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/// Goes past the code with SQL: every rule of the contract is refused by the database itself, under its name.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class SchemaRulesIT {

    FakeAuthService auth;
    PostgresServer postgres;

    private Sql sql;
    private UserRef anna;
    private UserRef bert;
    private UserRef carla;
    private RoomId room;
    private RoomId pair;

    @BeforeEach
    void setUp() {
        sql = new Sql(postgres);
        anna = auth.register("anna");
        bert = auth.register("bert");
        carla = auth.register("carla");
        room = group(anna, bert);
        pair = RoomId.fromString(createPrivate(anna, bert).path("id"));
    }

    @Test
    void aMessageBelongsToARoom() {
        assertRefused("message_belongs_to_a_room", insertMessage(RoomId.random().toString(), 1, anna, "'x'"));
    }

    @Test
    void aSenderIsAParticipant() {
        assertRefused("sender_is_a_participant", insertMessage(room.toString(), 1, carla, "'x'"));
    }

    @Test
    void aClientMessageIdIsUnique() {
        send(anna, room, "first", "m-1").then().statusCode(201);

        assertRefused(
                "client_message_id_is_unique_per_sender_and_room", insertMessage(room.toString(), 2, anna, "'m-1'"));
    }

    @Test
    void aReplyStaysInItsRoom() {
        var elsewhere = send(anna, pair, "elsewhere").<String>path("id");

        assertRefused(
                "reply_target_is_in_the_same_room",
                "INSERT INTO messages (room_id, seq, id, sender_id, content, reply_to_id, reply_to_seq, created_at) "
                        + "VALUES ('" + room + "', 1, uuidv7(), '" + anna.id() + "', 'x', '" + elsewhere
                        + "', 1, now())");
    }

    @Test
    void contentHasItsBounds() {
        assertRefused(
                "content_has_1_to_8000_characters",
                "UPDATE messages SET content = '' WHERE room_id = '" + withMessage() + "'");
        assertRefused(
                "content_has_1_to_8000_characters",
                "UPDATE messages SET content = repeat('x', 8001) WHERE room_id = '" + withMessage() + "'");
        assertRefused(
                "deleted_message_has_no_content",
                "UPDATE messages SET deleted_at = now() WHERE room_id = '" + withMessage() + "'");
    }

    @Test
    void aLogHasNoHole() {
        assertRefused("log_is_dense", insertEvent(room, 2));
        assertRefused("log_is_dense", insertEvent(room, 1), insertEvent(room, 3));
        send(anna, room, "one");
        assertRefused("events_pkey", insertEvent(room, 1));
    }

    @Test
    void lastSeqIsTheEndOfTheLog() {
        send(anna, room, "one");

        assertRefused("last_seq_is_the_end_of_the_log", "UPDATE rooms SET last_seq = 2 WHERE id = '" + room + "'");
        assertRefused("last_seq_is_the_end_of_the_log", "UPDATE rooms SET last_seq = 0 WHERE id = '" + room + "'");
    }

    @Test
    void aRoomHasAParticipant() {
        assertRefused("room_has_a_participant", "DELETE FROM participants WHERE room_id = '" + room + "'");
        assertRefused("room_has_a_participant", insertRoom("'group', 'x', NULL, NULL"));
        assertThatCode(() -> sql.transaction(remove(room, bert))).doesNotThrowAnyException();
    }

    @Test
    void ofTwoWhoRemoveTheLastTwoOneIsRefused() throws SQLException {
        try (var first = sql.connect();
                var second = sql.connect()) {
            execute(first, remove(room, anna));
            execute(second, remove(room, bert));

            var firstCommit = commit(first);
            var secondCommit = commit(second);

            var failures = java.util.stream.Stream.of(firstCommit, secondCommit)
                    .map(SchemaRulesIT::failureOf)
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(constraint(failure)).isEqualTo("room_has_a_participant"));
        }
        assertThat(sql.numbers("SELECT count(*) FROM participants WHERE room_id = '" + room + "'"))
                .containsExactly(1L);
    }

    @Test
    void aPrivateRoomHasExactlyItsTwo() {
        assertRefused("private_room_has_exactly_two", remove(pair, bert));
        assertRefused("private_room_has_exactly_two", insertParticipant(pair, carla));
        assertRefused("private_room_has_exactly_two", remove(pair, bert), insertParticipant(pair, carla));
        assertRefused(
                "private_room_has_exactly_two",
                "UPDATE participants SET user_id = '" + carla.id() + "' WHERE room_id = '" + pair + "' AND user_id = '"
                        + bert.id() + "'");
        assertRefused("private_room_is_not_deleted", "UPDATE rooms SET deleted_at = now() WHERE id = '" + pair + "'");
    }

    @Test
    void aPairHasOneRoom() {
        assertRefused(
                "one_private_room_per_pair",
                insertRoom("'private', NULL, least('" + anna.id() + "'::uuid, '" + bert.id() + "'), greatest('"
                        + anna.id() + "'::uuid, '" + bert.id() + "')"));
        assertRefused(
                "private_room_has_an_ordered_pair",
                insertRoom("'private', NULL, greatest('" + anna.id() + "'::uuid, '" + bert.id() + "'), least('"
                        + anna.id() + "'::uuid, '" + bert.id() + "')"));
    }

    @Test
    void typesAndRolesAreKnown() {
        assertRefused("room_type_is_private_or_group", insertRoom("'club', NULL, NULL, NULL"));
        assertRefused("group_has_a_name", insertRoom("'group', NULL, NULL, NULL"));
        assertRefused(
                "role_is_owner_admin_or_member",
                "UPDATE participants SET role = 'king' WHERE room_id = '" + room + "'");
        assertRefused("participant_belongs_to_a_room", insertParticipant(RoomId.random(), anna));
        assertRefused(
                "user_has_names_unless_deleted", "UPDATE users SET username = NULL WHERE id = '" + anna.id() + "'");
    }

    private void assertRefused(String constraint, String... statements) {
        assertThatThrownBy(() -> sql.transaction(statements))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(constraint(e)).isEqualTo(constraint));
    }

    private static String constraint(Throwable failure) {
        var message = failure instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        return message == null ? failure.toString() : String.valueOf(message.getConstraint());
    }

    private RoomId withMessage() {
        send(anna, room, "message").then().statusCode(201);
        return room;
    }

    private static String insertMessage(String room, long seq, UserRef sender, String clientMessageId) {
        return "INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash, created_at) "
                + "VALUES ('" + room + "', " + seq + ", uuidv7(), '" + sender.id() + "', 'x', " + clientMessageId
                + ", uuidv7(), now())";
    }

    private String insertEvent(RoomId to, long seq) {
        return "WITH m AS (INSERT INTO messages (room_id, seq, id, sender_id, content, created_at) VALUES ('" + to
                + "', " + (seq + 100) + ", uuidv7(), '" + anna.id() + "', 'x', now()) RETURNING id) "
                + "INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at) SELECT '" + to + "', "
                + seq + ", 'message.created', '" + anna.id() + "', id, now() FROM m";
    }

    private String insertRoom(String typeNameAndPair) {
        return "INSERT INTO rooms (room_type, name, first_user_id, second_user_id, id, created_by, created_at, "
                + "last_activity_at, participant_count) VALUES (" + typeNameAndPair + ", uuidv7(), '" + anna.id()
                + "', now(), now(), 2)";
    }

    private static String insertParticipant(RoomId to, UserRef user) {
        return "INSERT INTO participants (room_id, user_id, role, joined_at) VALUES ('" + to + "', '" + user.id()
                + "', 'member', now())";
    }

    private static String remove(RoomId from, UserRef user) {
        return "DELETE FROM participants WHERE room_id = '" + from + "' AND user_id = '" + user.id() + "'";
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private static CompletableFuture<Void> commit(Connection connection) {
        return CompletableFuture.runAsync(() -> {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static Throwable failureOf(CompletableFuture<Void> commit) {
        try {
            commit.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
