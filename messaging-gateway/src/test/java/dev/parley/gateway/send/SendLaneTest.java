package dev.parley.gateway.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.frame.ClientFrame;
import dev.parley.model.id.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendLaneTest {

    private final RoomId room = RoomId.random();
    private final SendLane lane = new SendLane(room, new SmallLimits());

    @Test
    void sendsOneEntryAtATimeAndTheRestTogether() {
        add(1, 2, 3);
        assertThat(refs(lane.next())).containsExactly(1L, 2L);

        add(4);
        assertThat(lane.next()).isEmpty();

        lane.settle(1);
        assertThat(lane.next()).isEmpty();
        lane.settle(2);
        assertThat(refs(lane.next())).containsExactly(3L, 4L);
    }

    @Test
    void boundsAnEntryInBytesButAlwaysTakesOne() {
        lane.add(send(1, "x".repeat(5_000)));
        lane.add(send(2, "y"));

        assertThat(refs(lane.next())).containsExactly(1L);
    }

    @Test
    void givesUpWhatIsUnderWayAndAllBehindItInOrder() {
        add(1, 2, 3);
        lane.next();
        lane.settle(1);

        assertThat(refs(lane.giveUp())).containsExactly(2L, 3L);
        assertThat(lane.isEmpty()).isTrue();
    }

    @Test
    void settlesASendOnce() {
        add(1);
        lane.next();

        assertThat(lane.settle(1)).isPresent();
        assertThat(lane.settle(1)).isEmpty();
    }

    private void add(long... refs) {
        for (var ref : refs) {
            lane.add(send(ref, "hi"));
        }
    }

    private PendingSend send(long ref, String content) {
        return PendingSend.of(
                room, new ClientFrame.Send(Optional.of("f"), null, "c" + ref, content, null), ref, System.nanoTime());
    }

    private static List<Long> refs(List<PendingSend> sends) {
        return sends.stream().map(PendingSend::ref).toList();
    }

    private record SmallLimits() implements SendConfig {

        @Override
        public int entryCommands() {
            return 2;
        }

        @Override
        public int entryBytes() {
            return 1_000;
        }

        @Override
        public int unansweredPerSocket() {
            return 64;
        }

        @Override
        public long unansweredBytesPerSocket() {
            return 1_000;
        }

        @Override
        public int unansweredLimit() {
            return 100;
        }

        @Override
        public Duration checkInterval() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration answerLimit() {
            return Duration.ofSeconds(27);
        }

        @Override
        public int rescuesAtOnce() {
            return 1;
        }
    }
}
