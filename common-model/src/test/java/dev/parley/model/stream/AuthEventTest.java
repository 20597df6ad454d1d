package dev.parley.model.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthEventTest {

    private static final UserId USER = UserId.fromString("019ab1c2-0000-7000-8000-000000000001");
    private static final SessionId SESSION = SessionId.fromString("019ab1c2-0000-7000-8000-000000000002");

    static Stream<AuthEvent> events() {
        return Stream.of(
                new AuthEvent.UserChanged(1, UserRef.present(USER, "ada", "Ada \uD83D\uDC69"), 7),
                new AuthEvent.UserChanged(2, UserRef.erased(USER), 8),
                new AuthEvent.SessionRevoked(3, SESSION, USER, Instant.parse("2026-11-22T14:23:05.120Z")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isTheSameAfterAStream(AuthEvent event) {
        assertThat(AuthEvent.of(event.toFields())).isEqualTo(event);
    }

    @Test
    void hasFieldsThatOthersRelyOn() {
        var revoked = new AuthEvent.SessionRevoked(3, SESSION, USER, Instant.parse("2026-11-22T14:23:05Z"));

        assertThat(revoked.toFields())
                .isEqualTo(Map.of(
                        "type", "session.revoked",
                        "n", "3",
                        "session_id", SESSION.toString(),
                        "user_id", USER.toString(),
                        "tokens_expire_at", "2026-11-22T14:23:05.000Z"));
        assertThat(new AuthEvent.UserChanged(1, UserRef.present(USER, "ada", "Ada"), 7).toFields())
                .isEqualTo(Map.of(
                        "type", "user.changed",
                        "n", "1",
                        "user_id", USER.toString(),
                        "version", "7",
                        "username", "ada",
                        "display_name", "Ada"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> AuthEvent.of(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> AuthEvent.of(Map.of("type", "user.new", "n", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> AuthEvent.of(Map.of("type", "user.changed", "n", "x")));
    }
}
