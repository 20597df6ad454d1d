package dev.parley.kit.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.SessionId;
import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndedSessionsTest {

    private static final int MAX = 3;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-22T14:23:05.120Z");
    private final EndedSessions sessions =
            new EndedSessions(new QuickConfig("", Duration.ofSeconds(1), MAX), () -> now, registry);

    @Test
    void judgesNobodyBeforeItKnows() {
        assertThat(codeOf(SessionId.random())).isEqualTo(ProblemCode.UNAVAILABLE);
        sessions.setKnown();

        assertThatCode(() -> sessions.requireLive(SessionId.random())).doesNotThrowAnyException();
    }

    @Test
    void refusesASessionUntilItsTokensHaveExpired() {
        var session = SessionId.random();
        sessions.setKnown();

        assertThat(sessions.add(session, now.plusSeconds(60))).isTrue();
        assertThat(sessions.add(session, now.plusSeconds(60))).isFalse();

        assertThat(codeOf(session)).isEqualTo(ProblemCode.UNAUTHENTICATED);
        now = now.plusSeconds(60);
        sessions.add(SessionId.random(), now.plusSeconds(60));
        assertThat(sessions.contains(session)).isFalse();
    }

    @Test
    void doesNotKeepWhatHasExpired() {
        assertThat(sessions.add(SessionId.random(), now)).isFalse();

        assertThat(registry.get("parley.session.ended").gauge().value()).isZero();
    }

    @Test
    void forgetsTheFirstBeyondItsBound() {
        var all = Stream.generate(SessionId::random).limit(MAX + 1).toList();

        all.forEach(session -> sessions.add(session, now.plusSeconds(60)));

        assertThat(all.stream().map(sessions::contains)).containsExactly(false, true, true, true);
        assertThat(registry.get("parley.session.forgotten").counter().count()).isEqualTo(1);
    }

    private ProblemCode codeOf(SessionId session) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sessions.requireLive(session))
                .actual()
                .code();
    }
}
