package dev.parley.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The event loop is played: the fan does the next slice when the test says so.
class FanTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final RecordedLog log = new RecordedLog();
    private final RoomFeed feed = new RoomFeed(
            log.room,
            loop,
            log,
            QuickFeedConfig.standard(),
            new FeedMetrics(new SimpleMeterRegistry()),
            new RingBudget(1_000_000));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Fan fan = new Fan(tasks::add);
    private final List<CollectingReader> readers = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void servesALargeRoomInSlicesAndKeepsTheOrder() {
        for (int i = 0; i < 4_500; i++) {
            join();
        }

        deliver();
        assertThat(served()).isEqualTo(Fan.SLICE);
        assertThat(tasks).hasSize(1);
        deliver();
        join();
        assertThat(done).hasValue(0);
        runTasks();

        assertThat(readers.subList(0, 4_500)).allMatch(reader -> reader.seqs.equals(List.of(1L, 2L)));
        assertThat(readers.getLast().seqs).isEmpty();
        assertThat(readers.getLast().live).isTrue();
        assertThat(done).hasValue(2);
    }

    @Test
    void givesNobodyAnEventTwiceWhenReadersLeaveBetweenSlices() {
        for (int i = 0; i < 4_500; i++) {
            join();
        }

        deliver();
        for (int i = 0; i < 4_500; i += 3) {
            fan.leave(subscriptions.get(i));
        }
        runTasks();
        deliver();
        runTasks();

        for (int i = 0; i < 4_500; i++) {
            if (i % 3 != 0) {
                assertThat(readers.get(i).seqs).containsExactly(1L, 2L);
            }
        }
        assertThat(done).hasValue(2);
    }

    @Test
    void signalsToAllButTheOneExcepted() {
        join();
        join();
        var excepted = readers.getFirst();

        fan.signal(new Ephemeral(null, excepted.connectionId(), new byte[] {'x'}), done::incrementAndGet);

        assertThat(excepted.signals).hasValue(0);
        assertThat(readers.getLast().signals).hasValue(1);
        assertThat(done).hasValue(1);
    }

    @Test
    void endsAReaderThatFailsAndServesTheOthers() {
        join();
        join();
        join();
        var failing = readers.get(1);
        failing.failure = new OutOfMemoryError("no buffers");

        deliver();
        fan.signal(new Ephemeral(null, null, new byte[] {'x'}), done::incrementAndGet);

        assertThat(failing.end).isEqualTo(FeedEnd.INTERNAL_GAP);
        assertThat(List.of(readers.getFirst(), readers.getLast()))
                .allMatch(reader -> reader.seqs.equals(List.of(1L)) && reader.signals.get() == 1);
        assertThat(done).hasValue(2);
    }

    @Test
    void letsOthersJoinAfterOneThatFails() {
        var failing = new CollectingReader(loop, UserId.random());
        failing.failure = new OutOfMemoryError("no buffers");

        fan.join(new Subscription(feed, failing, 0, 0, null), 1);
        join();
        deliver();

        assertThat(failing.end).isEqualTo(FeedEnd.INTERNAL_GAP);
        assertThat(readers.getFirst().seqs).containsExactly(1L);
    }

    @Test
    void goesOnAfterAJobThatFails() {
        join();

        fan.deliver(new EventBatch(List.of(FeedEvent.of(log.commit()))), () -> {
            done.incrementAndGet();
            throw new OutOfMemoryError("no buffers");
        });
        deliver();

        assertThat(readers.getFirst().seqs).containsExactly(1L, 2L);
        assertThat(done).hasValue(2);
    }

    private void join() {
        var reader = new CollectingReader(loop, UserId.random());
        var subscription = new Subscription(feed, reader, log.lastSeq(), log.lastSeq(), null);
        readers.add(reader);
        subscriptions.add(subscription);
        fan.join(subscription, 1);
    }

    private void deliver() {
        fan.deliver(new EventBatch(List.of(FeedEvent.of(log.commit()))), done::incrementAndGet);
    }

    private long served() {
        return readers.stream().filter(reader -> !reader.seqs.isEmpty()).count();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }
}
