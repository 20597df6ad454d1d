package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/// The contract's objects, member by member: exactly these, each of its kind.
final class Shapes {

    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private Shapes() {}

    static void assertId(JsonNode value) {
        assertThat(value.isTextual()).as("id is text: %s", value).isTrue();
        assertThat(value.textValue()).matches(UUID_V7);
    }

    static void assertTime(JsonNode value) {
        assertThat(value.isTextual()).as("time is text: %s", value).isTrue();
        assertThat(value.textValue()).matches(MILLIS);
    }

    static void assertTokens(JsonNode tokens) {
        assertMembers(tokens, "access_token", "refresh_token", "token_type", "expires_in", "user");
        assertThat(tokens.get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(tokens.get("expires_in").intValue()).isEqualTo(900);
        JsonNode user = tokens.get("user");
        assertMembers(user, "id", "username", "display_name", "deleted", "email", "email_verified", "created_at");
        assertId(user.get("id"));
        assertTime(user.get("created_at"));
        assertThat(user.get("email_verified").booleanValue()).isFalse();
        assertThat(user.get("deleted").booleanValue()).isFalse();
    }

    static void assertUserRef(JsonNode user, Person expected) {
        assertMembers(user, "id", "username", "display_name", "deleted");
        assertThat(user.get("id").textValue()).isEqualTo(expected.id());
        assertThat(user.get("username").textValue()).isEqualTo(expected.username());
        assertThat(user.get("display_name").textValue()).isEqualTo(expected.username());
        assertThat(user.get("deleted").booleanValue()).isFalse();
    }

    static void assertRoom(JsonNode room) {
        assertMembers(
                room,
                "id",
                "room_type",
                "name",
                "participants",
                "participant_count",
                "created_at",
                "last_seq",
                "log_epoch",
                "last_message",
                "unread_count",
                "last_read_seq",
                "role");
        assertId(room.get("id"));
        assertTime(room.get("created_at"));
        assertThat(room.get("log_epoch").isIntegralNumber()).isTrue();
        for (JsonNode participant : room.get("participants")) {
            assertMembers(participant, "user", "role", "joined_at", "last_read_seq");
            assertMembers(participant.get("user"), "id", "username", "display_name", "deleted");
            assertTime(participant.get("joined_at"));
        }
    }

    /// A `Message` as REST answers it; in events it has no `is_read`.
    static void assertMessage(JsonNode message) {
        assertMembers(
                message,
                "id",
                "room_id",
                "seq",
                "sender",
                "content",
                "client_message_id",
                "reply_to",
                "timestamp",
                "edited_at",
                "deleted_at",
                "is_read",
                "reactions");
        assertThat(message.get("is_read").isBoolean()).isTrue();
        assertMessageValues(message);
    }

    static void assertMessageCreated(JsonNode event) {
        assertMembers(event, "type", "room_id", "seq", "timestamp", "actor_id", "message");
        JsonNode message = event.get("message");
        assertMembers(
                message,
                "id",
                "room_id",
                "seq",
                "sender",
                "content",
                "client_message_id",
                "reply_to",
                "timestamp",
                "edited_at",
                "deleted_at",
                "reactions");
        assertMessageValues(message);
        assertTime(event.get("timestamp"));
        assertThat(event.get("seq")).isEqualTo(message.get("seq"));
        assertThat(event.get("room_id")).isEqualTo(message.get("room_id"));
        assertThat(event.get("actor_id")).isEqualTo(message.at("/sender/id"));
    }

    static void assertHello(JsonNode hello, Person owner, String room) {
        assertMembers(
                hello,
                "type",
                "connection_id",
                "user_id",
                "heartbeat_interval_ms",
                "max_frame_bytes",
                "max_subscriptions",
                "token_expires_at",
                "server_time",
                "room_id",
                "last_seq",
                "log_epoch");
        assertThat(hello.get("type").textValue()).isEqualTo("hello");
        assertThat(hello.get("user_id").textValue()).isEqualTo(owner.id());
        assertThat(hello.get("room_id").textValue()).isEqualTo(room);
        assertThat(hello.get("heartbeat_interval_ms").intValue()).isPositive();
        assertThat(hello.get("max_frame_bytes").intValue()).isEqualTo(65_536);
        assertThat(hello.get("max_subscriptions").intValue()).isGreaterThanOrEqualTo(1_000);
        assertThat(hello.get("last_seq").isIntegralNumber()).isTrue();
        assertThat(hello.get("log_epoch").isIntegralNumber()).isTrue();
        assertTime(hello.get("token_expires_at"));
        assertTime(hello.get("server_time"));
    }

    static void assertSendAck(JsonNode ack) {
        assertMembers(ack, "type", "id", "client_message_id", "message_id", "room_id", "seq", "timestamp", "duplicate");
        assertId(ack.get("message_id"));
        assertTime(ack.get("timestamp"));
    }

    static void assertProblem(JsonNode problem, int status, String code, String instance) {
        assertMembers(problem, "type", "title", "status", "detail", "instance", "code", "trace_id");
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.get("type").textValue()).isEqualTo("/docs/problems/" + code);
        assertThat(problem.get("instance").textValue()).isEqualTo(instance);
        assertThat(problem.get("trace_id").textValue()).matches("[0-9a-f]{32}");
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
    }

    private static void assertMessageValues(JsonNode message) {
        assertId(message.get("id"));
        assertMembers(message.get("sender"), "id", "username", "display_name", "deleted");
        assertTime(message.get("timestamp"));
        assertThat(message.get("reply_to").isNull()).isTrue();
        assertThat(message.get("edited_at").isNull()).isTrue();
        assertThat(message.get("deleted_at").isNull()).isTrue();
        assertThat(message.get("reactions").isArray()).isTrue();
        assertThat(message.get("reactions")).isEmpty();
    }

    private static void assertMembers(JsonNode object, String... members) {
        assertThat(Json.members(object))
                .as("members of %s", object)
                .containsExactly(Stream.of(members).sorted().toArray(String[]::new));
    }
}
