package dev.parley.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private static final Password PASSWORD = new Password("correct horse battery staple");

    @Test
    void knowsThePasswordAgain() {
        var hasher = new PasswordHasher(new TestPasswordConfig(64, 1, 1, 10), new SimpleMeterRegistry());

        var kept = hasher.hash(PASSWORD);

        assertThat(hasher.matches(PASSWORD, kept)).isTrue();
        assertThat(hasher.matches(new Password("another"), kept)).isFalse();
        assertThat(hasher.hash(PASSWORD)).as("its own salt each time").isNotEqualTo(kept);
    }

    @Test
    void saysNoToAnAccountThatDoesNotExist() {
        var hasher = new PasswordHasher(new TestPasswordConfig(64, 1, 1, 10), new SimpleMeterRegistry());

        assertThat(hasher.matches(new Password("decoy"), null)).isFalse();
    }

    @Test
    void tellsWhenTheCostHasChanged() {
        var old = new PasswordHasher(new TestPasswordConfig(64, 1, 1, 10), new SimpleMeterRegistry());
        var dearer = new PasswordHasher(new TestPasswordConfig(128, 1, 1, 10), new SimpleMeterRegistry());

        var kept = old.hash(PASSWORD);

        assertThat(old.isOutdated(kept)).isFalse();
        assertThat(dearer.isOutdated(kept)).isTrue();
        assertThat(dearer.matches(PASSWORD, kept)).isTrue();
    }

    @Test
    void refusesWhatDoesNotFitInsteadOfQueueingForEver() throws Exception {
        var hasher = new PasswordHasher(new TestPasswordConfig(19_456, 2, 1, 3), new SimpleMeterRegistry());
        Callable<Boolean> attempt = () -> {
            try {
                hasher.hash(PASSWORD);
                return true;
            } catch (ProblemException e) {
                assertThat(e.code()).isEqualTo(ProblemCode.UNAVAILABLE);
                return false;
            }
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads
                    .invokeAll(IntStream.range(0, 50).mapToObj(i -> attempt).toList())
                    .stream()
                    .filter(future -> future.resultNow())
                    .count();

            assertThat(done).isBetween(4L, 49L);
        }
    }
}
