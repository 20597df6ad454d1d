package dev.parley.room.database;

import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;

/// Every rule that the schema has, each with SQL that breaks it alone and is refused under its name. The list is
/// compared with PostgreSQL's catalogue: a rule without a case fails. What rules do together, and under concurrent
/// sessions, is in [SchemaRulesIT].
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class EveryRuleIT {

    /// The rule, after `=` the name it is refused under if that is another, and statements. In ROOM are Anna and Bert,
    /// and Anna's MESSAGE, its number 1; ROOM2 is Anna's, too. PAIR is the two's private room, with the message
    /// ELSEWHERE.
    private static final String RULES = """
            users_pkey: INSERT INTO users SELECT * FROM users WHERE id = ANNA
            user_has_names_unless_deleted: UPDATE users SET username = NULL WHERE id = ANNA
            rooms_pkey: INSERT INTO rooms (id, room_type, name, created_by, created_at, last_activity_at, participant_count) VALUES (ROOM, 'group', 'x', ANNA, now(), now(), 1)
            room_type_is_private_or_group: UPDATE rooms SET room_type = 'club', name = NULL WHERE id = ROOM
            group_has_a_name: UPDATE rooms SET name = NULL WHERE id = ROOM
            private_room_has_an_ordered_pair: UPDATE rooms SET first_user_id = second_user_id, second_user_id = first_user_id WHERE id = PAIR
            private_room_is_not_deleted: UPDATE rooms SET deleted_at = now() WHERE id = PAIR
            last_seq_is_not_negative: UPDATE rooms SET last_seq = -1 WHERE id = ROOM
            participant_count_is_not_negative: UPDATE rooms SET participant_count = -1 WHERE id = ROOM
            one_private_room_per_pair: INSERT INTO rooms (id, room_type, first_user_id, second_user_id, created_by, created_at, last_activity_at, participant_count) SELECT uuidv7(), room_type, first_user_id, second_user_id, created_by, now(), now(), 2 FROM rooms WHERE id = PAIR
            one_room_per_creator_and_client_room_id: UPDATE rooms SET client_room_id = 'x' WHERE id IN (ROOM, ROOM2)
            room_has_its_participants = room_has_a_participant: INSERT INTO rooms (id, room_type, name, created_by, created_at, last_activity_at, participant_count) VALUES (uuidv7(), 'group', 'x', ANNA, now(), now(), 1)
            last_seq_is_the_end_of_the_log: UPDATE rooms SET last_seq = 2 WHERE id = ROOM
            participants_pkey: INSERT INTO participants SELECT * FROM participants WHERE room_id = ROOM AND user_id = ANNA
            participant_belongs_to_a_room: INSERT INTO participants (room_id, user_id, role, joined_at) VALUES (uuidv7(), ANNA, 'member', now())
            role_is_owner_admin_or_member: UPDATE participants SET role = 'king' WHERE room_id = ROOM
            last_read_seq_is_not_negative: UPDATE participants SET last_read_seq = -1 WHERE room_id = ROOM
            room_keeps_its_participants = room_has_a_participant: DELETE FROM participants WHERE room_id = ROOM
            private_room_has_only_its_pair = private_room_has_exactly_two: INSERT INTO participants (room_id, user_id, role, joined_at) VALUES (PAIR, CARLA, 'member', now())
            private_room_keeps_only_its_pair = private_room_has_exactly_two: UPDATE participants SET user_id = CARLA WHERE room_id = PAIR AND user_id = BERT
            messages_pkey: INSERT INTO messages (room_id, seq, id, sender_id, content, created_at) VALUES (ROOM, 1, uuidv7(), ANNA, 'x', now())
            message_id_is_unique_in_its_room: INSERT INTO messages (room_id, seq, id, sender_id, content, created_at) VALUES (ROOM, 2, MESSAGE, ANNA, 'x', now())
            client_message_id_is_unique_per_sender_and_room: INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash, created_at) VALUES (ROOM, 2, uuidv7(), ANNA, 'x', 'm-1', uuidv7(), now())
            message_belongs_to_a_room: INSERT INTO messages (room_id, seq, id, sender_id, content, created_at) VALUES (uuidv7(), 1, uuidv7(), ANNA, 'x', now())
            sender_is_a_participant: INSERT INTO messages (room_id, seq, id, sender_id, content, created_at) VALUES (ROOM, 2, uuidv7(), CARLA, 'x', now())
            reply_target_is_in_the_same_room: INSERT INTO messages (room_id, seq, id, sender_id, content, reply_to_id, reply_to_seq, created_at) VALUES (ROOM, 2, uuidv7(), ANNA, 'x', ELSEWHERE, 1, now())
            reply_target_has_id_and_seq: UPDATE messages SET reply_to_seq = 1 WHERE room_id = ROOM
            repeatable_message_has_a_hash: UPDATE messages SET sent_hash = NULL WHERE room_id = ROOM
            deleted_message_has_no_content: UPDATE messages SET deleted_at = now() WHERE room_id = ROOM
            deleted_message_has_no_words: UPDATE messages SET deleted_at = now(), content = '', words = '{1}' WHERE room_id = ROOM
            content_has_1_to_8000_characters: UPDATE messages SET content = repeat('x', 8001) WHERE room_id = ROOM
            events_pkey: INSERT INTO events (room_id, seq, type, actor_id, created_at) VALUES (ROOM, 1, 'room.updated', ANNA, now())
            event_belongs_to_a_room: INSERT INTO events (room_id, seq, type, actor_id, created_at) VALUES (uuidv7(), 1, 'room.updated', ANNA, now())
            event_concerns_a_message_of_its_room: INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at) VALUES (ROOM, 2, 'message.updated', ANNA, ELSEWHERE, now())
            event_type_is_known: INSERT INTO events (room_id, seq, type, actor_id, created_at) VALUES (ROOM, 2, 'room.burnt', ANNA, now())
            message_event_has_a_message: INSERT INTO events (room_id, seq, type, actor_id, created_at) VALUES (ROOM, 2, 'message.updated', ANNA, now())
            participant_event_has_a_user: INSERT INTO events (room_id, seq, type, actor_id, user_id, created_at) VALUES (ROOM, 2, 'room.updated', ANNA, BERT, now())
            participant_event_has_its_state: INSERT INTO events (room_id, seq, type, actor_id, user_id, created_at) VALUES (ROOM, 2, 'participant.updated', ANNA, BERT, now())
            membership_event_has_its_time: INSERT INTO events (room_id, seq, type, actor_id, user_id, created_at) VALUES (ROOM, 2, 'participant.removed', ANNA, BERT, now())
            reaction_event_has_its_emoji: INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at) VALUES (ROOM, 2, 'reaction.added', ANNA, MESSAGE, now())
            log_is_dense: INSERT INTO events (room_id, seq, type, actor_id, created_at) VALUES (ROOM, 5, 'room.updated', ANNA, now())
            reaction_kinds_pkey: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, 'x', 1, 1, 1), (ROOM, MESSAGE, 'x', 2, 1, 1)
            message_has_at_most_20_kinds_of_reaction: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, 'x', 21, 1, 1)
            kind_of_reaction_has_a_place_of_its_own: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, 'x', 1, 1, 1), (ROOM, MESSAGE, 'y', 1, 1, 1)
            kind_of_reaction_has_users: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, 'x', 1, 1, 0)
            emoji_has_1_to_32_characters: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, '', 1, 1, 1)
            reaction_concerns_a_message_of_its_room: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, ELSEWHERE, 'x', 1, 1, 1)
            reactions_pkey: INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) VALUES (ROOM, MESSAGE, 'x', 1, 1, 1); INSERT INTO reactions (room_id, message_id, emoji, user_id, created_at) VALUES (ROOM, MESSAGE, 'x', ANNA, now()), (ROOM, MESSAGE, 'x', ANNA, now())
            reaction_is_counted: INSERT INTO reactions (room_id, message_id, emoji, user_id, created_at) VALUES (ROOM, MESSAGE, 'x', ANNA, now())
            user_projection_has_one_row: INSERT INTO user_projection (only_one) VALUES (true)
            user_projection_is_the_only_one: INSERT INTO user_projection (only_one) VALUES (false)
            last_n_is_not_negative: UPDATE user_projection SET last_n = -1
            erasures_pk: INSERT INTO erasures (user_id) VALUES (CARLA), (CARLA)
            word_backfill_pkey: INSERT INTO word_backfill DEFAULT VALUES
            word_backfill_is_one_row: INSERT INTO word_backfill (only_one) VALUES (false)
            """;

    /// Checks, keys, foreign keys and unique indexes; and triggers, but for those that keep foreign keys.
    private static final String CATALOGUE = """
            SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('c', 'p', 'u', 'f')
              AND t.relname <> 'flyway_schema_history'
            UNION
            SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            WHERE i.relnamespace = 'public'::regnamespace AND x.indisunique AND t.relname <> 'flyway_schema_history'
            UNION
            SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
            """;

    FakeAuthService auth;
    PostgresServer postgres;

    private final Map<String, String> names = new LinkedHashMap<>();
    private Sql sql;

    @BeforeEach
    void setUp() {
        sql = new Sql(postgres);
        var anna = auth.register("anna");
        var bert = auth.register("bert");
        var room = group(anna, bert);
        var pair = createPrivate(anna, bert).<String>path("id");
        names.put("ROOM2", group(anna).toString());
        names.put("ROOM", room.toString());
        names.put("PAIR", pair);
        names.put("ANNA", anna.id().toString());
        names.put("BERT", bert.id().toString());
        names.put("CARLA", auth.register("carla").id().toString());
        names.put("MESSAGE", send(anna, room, "message", "m-1").path("id"));
        names.put("ELSEWHERE", send(anna, RoomId.fromString(pair), "elsewhere").path("id"));
    }

    static Stream<Arguments> rules() {
        return RULES.lines().map(line -> {
            var parts = line.split(": ", 2);
            var rule = parts[0].split(" = ", -1);
            return Arguments.of(rule[0], rule[rule.length - 1], parts[1]);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void isKeptByTheDatabase(String rule, String name, String statements) {
        var broken = new ArrayList<String>();
        for (var statement : statements.split("; ", -1)) {
            for (var each : names.entrySet()) {
                statement = statement.replaceAll("\\b" + each.getKey() + "\\b", "'" + each.getValue() + "'::uuid");
            }
            broken.add(statement);
        }

        assertThatThrownBy(() -> sql.transaction(broken.toArray(String[]::new)))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(constraint(e)).isEqualTo(name));
    }

    @Test
    void hasACaseForEachRule() throws SQLException {
        var cases = rules().map(arguments -> (String) arguments.get()[0]).toList();

        assertThat(cases).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sql.texts(CATALOGUE));
    }

    private static String constraint(PSQLException refusal) {
        var message = refusal.getServerErrorMessage();
        return message == null ? refusal.toString() : String.valueOf(message.getConstraint());
    }
}
