package dev.parley.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What answers over REST leave in the log.
class ProblemLogTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong(-1);
    private final ProblemRenderer renderer = new ProblemRenderer(new Outages(metrics, clock::get));
    private final List<LogRecord> lines = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.parley.kit.problem");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @Test
    void warnsOnceInAWhileOfEachCauseOfWhatIsUnavailable() {
        var busy = new ProblemException(ProblemCode.UNAVAILABLE, "Too many searches at the moment");
        var away = new IllegalStateException("quotes a row", new SQLException("quotes a row", "08001"));

        for (int i = 0; i < 50; i++) {
            answer(503, busy);
            answer(500, away);
        }
        clock.addAndGet(Outages.SILENCE.toNanos() - 1);
        answer(503, busy);
        assertThat(lines).hasSize(2);
        clock.addAndGet(1);
        answer(503, busy);

        assertThat(lines).hasSize(3).allSatisfy(line -> {
            assertThat(line.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(line.getThrown()).isNull();
            assertThat(text(line)).doesNotContain("row");
        });
        assertThat(text(lines.get(0))).contains("\"Too many searches at the moment\"");
        assertThat(text(lines.get(1))).contains("SQLException:08001");
        assertThat(metrics.counter("parley.problem.unavailable").count()).isEqualTo(102);
    }

    @Test
    void boundsTheCauses() {
        for (int i = 0; i < 1_000; i++) {
            answer(503, new ProblemException(ProblemCode.UNAVAILABLE, "cause " + i));
        }

        assertThat(lines).hasSize(101);
    }

    @Test
    void tellsOfEveryMistakeOfOursWithItsStackTrace() {
        var mistake = new IllegalStateException();

        answer(500, mistake);
        answer(500, mistake);

        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(line.getLevel().intValue()).isGreaterThanOrEqualTo(Level.SEVERE.intValue());
            assertThat(line.getThrown()).isSameAs(mistake);
        });
    }

    @Test
    void saysNothingOfAClientsMistakes() {
        answer(404, ProblemException.of(ProblemCode.NOT_FOUND));
        answer(429, ProblemException.of(ProblemCode.RATE_LIMITED));

        assertThat(lines).isEmpty();
    }

    private void answer(int status, Throwable cause) {
        renderer.apply(HttpProblem.builder().withStatus(status).build(), ProblemContext.of(cause, "/chat/search/"));
    }

    private static String text(LogRecord line) {
        var parameters = line.getParameters();
        return line.getMessage() + (parameters == null ? "" : List.of(parameters));
    }
}
