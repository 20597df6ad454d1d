package dev.parley.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UntoldMembershipsTest {

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final UntoldMemberships memberships = new UntoldMemberships();
    private long now = -5_000_000_000L;

    @Test
    void losesNothingWhileHeadsAreComplete() {
        assertThat(round(true)).isFalse();
        assertThat(round(true)).isFalse();
    }

    /// Heads look back, so one moment is missing from several rounds: it is lost once.
    @Test
    void losesOneMomentOnce() {
        assertThat(round(false)).isTrue();
        for (int i = 1; i < UntoldMemberships.ONE_MOMENT.toSeconds(); i++) {
            assertThat(round(false)).isFalse();
        }
        assertThat(round(true)).isFalse();
        assertThat(round(true)).isFalse();
    }

    /// What changed after the first loss was left out as well, and the clients that came back meanwhile did not hear.
    @Test
    void losesAgainAtTheEndOfALongEpisode() {
        assertThat(round(false)).isTrue();
        for (int i = 0; i < 60; i++) {
            assertThat(round(false)).isFalse();
        }
        assertThat(round(true)).isTrue();
        assertThat(round(true)).isFalse();
    }

    @Test
    void takesTheNextEpisodeForANewOne() {
        round(false);
        round(true);

        assertThat(round(false)).isTrue();
        assertThat(round(true)).isFalse();
    }

    private boolean round(boolean complete) {
        now += ROUND.toNanos();
        return memberships.areLost(complete, now);
    }
}
