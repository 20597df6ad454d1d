package dev.parley.gateway.socket;

import static dev.parley.gateway.socket.MembershipNews.Kind.ADDED;
import static dev.parley.gateway.socket.MembershipNews.Kind.REMOVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.id.RoomId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MembershipNewsTest {

    private static final long LATER = Duration.ofSeconds(2).toNanos();

    private final MembershipNews news = new MembershipNews();
    private final RoomId room = RoomId.random();

    @Test
    void tellsASignalOnceAndItsHeadsNotAtAll() {
        assertThat(news.bySignal(room, ADDED, 0)).isTrue();
        assertThat(news.bySignal(room, ADDED, 0)).isFalse();

        assertThat(news.byHeads(room, ADDED, 5, 1)).isFalse();
        assertThat(news.byHeads(room, ADDED, 5, LATER)).isFalse();
    }

    @Test
    void tellsWhatOnlyHeadsKnowOnce() {
        assertThat(news.byHeads(room, ADDED, 0, 0)).isTrue();
        assertThat(news.byHeads(room, ADDED, 0, 1)).isFalse();
        assertThat(news.bySignal(room, ADDED, 2)).isFalse();

        assertThat(news.byHeads(room, REMOVED, 3, 3)).isTrue();
        assertThat(news.byHeads(room, ADDED, 4, 4)).isTrue();
        assertThat(news.byHeads(room, REMOVED, 3, 5)).isFalse();
    }

    /// In and out and in again between two rounds: the list changed, though it looks the same.
    @Test
    void tellsAnAdditionAgainThatIsNewer() {
        assertThat(news.byHeads(room, ADDED, 1, 0)).isTrue();

        assertThat(news.byHeads(room, ADDED, 3, 1)).isTrue();
    }

    @Test
    void waitsForARoundThatIsNotOlderThanTheSignal() {
        news.bySignal(room, ADDED, 0);
        assertThat(news.byHeads(room, REMOVED, 5, 1)).isFalse();
        assertThat(news.byHeads(room, ADDED, 6, 2)).isFalse();

        news.bySignal(room, REMOVED, 3);
        assertThat(news.byHeads(room, ADDED, 8, LATER)).isTrue();
    }

    @Test
    void knowsWhatTheLogTold() {
        news.byHeads(room, ADDED, 1, 0);
        news.byLog(room, 1);

        assertThat(news.bySignal(room, REMOVED, 2)).isFalse();
        assertThat(news.byHeads(room, REMOVED, 2, 3)).isFalse();
        assertThat(news.bySignal(room, ADDED, 4)).isTrue();
    }

    @Test
    void forgetsTheOldestOfAThousandRooms() {
        news.bySignal(room, ADDED, 0);
        for (int i = 0; i < 999; i++) {
            news.bySignal(RoomId.random(), ADDED, 0);
        }
        assertThat(news.bySignal(room, ADDED, 0)).isFalse();

        news.bySignal(RoomId.random(), ADDED, 0);

        assertThat(news.bySignal(room, ADDED, 0)).isTrue();
    }
}
