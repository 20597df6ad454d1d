package dev.parley.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomFeedTest {

    private static final UserId BOB = UserId.random();

    private final List<EventLoop> loops =
            List.of(new DefaultEventLoop(), new DefaultEventLoop(), new DefaultEventLoop());
    private final RecordedLog log = new RecordedLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeedMetrics metrics = new FeedMetrics(meters);
    private final Backlog backlog = new Backlog(1_000_000);
    private RoomFeed feed = feed(QuickFeedConfig.standard());

    /// Whatever was offered, nothing of it is left on its way.
    @AfterEach
    void stop() {
        await().untilAsserted(() -> assertThat(backlog.bytes()).isZero());
        loops.forEach(loop -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    @Test
    void deliversLiveEventsInOrder() {
        feed.start(0, 1);
        var reader = subscribe(0, null);

        offer(log.commit());
        offer(log.commit(), log.commit());

        awaitSeqs(reader, 1, 3);
    }

    /// Two readers have both events while the third one's event loop is busy: it is not over yet. What came to another
    /// gateway is not timed.
    @Test
    void timesAMessageFromItsArrivalUntilTheLastReaderHasIt() {
        feed.start(0, 1);
        var readers = loops.stream().map(this::subscribeOn).toList();
        readers.forEach(reader -> await().until(() -> reader.live));
        var busy = new CountDownLatch(1);
        loops.getLast().execute(() -> awaitOpen(busy));
        var arrived = System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
        var sendToDeliver = meters.get("parley.send.deliver").timer();

        offer(List.of(FeedEvent.of(log.commit(), OptionalLong.of(arrived)), FeedEvent.of(log.commit())));

        awaitSeqs(readers.get(0), 1, 2);
        awaitSeqs(readers.get(1), 1, 2);
        assertThat(sendToDeliver.count()).isZero();
        busy.countDown();
        awaitSeqs(readers.get(2), 1, 2);
        await().until(() -> sendToDeliver.count() == 1);
        assertThat(sendToDeliver.totalTime(TimeUnit.SECONDS)).isBetween(2.0, 30.0);
    }

    @Test
    void joinsWhatTheRelayBroughtBeforeTheHeadWasKnown() {
        var first = log.commit();
        var second = log.commit();
        offer(first, second);

        feed.start(1, 1);
        var reader = subscribe(1, null);

        awaitSeqs(reader, 2, 2);
        assertThat(log.requests).hasValue(0);
    }

    @Test
    void dropsRepeatsAndPutsEarlyOnesIntoOrder() {
        feed.start(0, 1);
        var reader = subscribe(0, null);
        var one = log.commit();
        var two = log.commit();
        var three = log.commit();

        offer(three, one, one);
        offer(two, three);

        awaitSeqs(reader, 1, 3);
    }

    @Test
    void readsFromTheLogWhatTheRelayLost() {
        feed.start(0, 1);
        var reader = subscribe(0, null);
        for (int i = 0; i < 40; i++) {
            log.commit();
        }

        offer(log.commit());

        awaitSeqs(reader, 1, 41);
        assertThat(counted("parley.feed.heals", "cause", "gap")).isEqualTo(1);
        assertThat(counted("parley.feed.heals", "cause", "heads")).isZero();
    }

    @Test
    void healsTheLastLostEventAfterTwoRoundsOfHeads() {
        feed.start(0, 1);
        var reader = subscribe(0, null);
        log.commit();

        feed.compareHead(1, 1);
        assertThat(log.requests).hasValue(0);
        feed.compareHead(1, 1);

        awaitSeqs(reader, 1, 1);
        assertThat(counted("parley.feed.heals", "cause", "heads")).isEqualTo(1);
        assertThat(counted("parley.feed.heals", "cause", "gap")).isZero();
    }

    @Test
    void replaysRingAndLogAndSaysWhereTheReplayEnds() {
        feed.start(0, 1);
        for (int i = 0; i < 35; i++) {
            offer(log.commit());
        }

        var reader = subscribe(3, 4L);

        awaitSeqs(reader, 4, 35);
        await().untilAsserted(() -> assertThat(reader.resumed).isEqualTo(new Resumed(log.room, 4, 35, 35, 1, true)));
        assertThat(reader.seenWhenResumed).isEqualTo(32);
        assertThat(counted("parley.feed.reads", "source", "ring")).isPositive();
        assertThat(counted("parley.feed.reads", "source", "log")).isPositive();
    }

    @Test
    void saysAtOnceThatAnEmptyReplayIsOver() {
        feed.start(7, 1);

        var reader = subscribe(7, 8L);

        await().untilAsserted(() -> assertThat(reader.resumed).isEqualTo(new Resumed(log.room, 8, 7, 7, 1, true)));
        assertThat(reader.seqs).isEmpty();
    }

    @Test
    void asksTheLogOnceForAllReadersOfAPage() {
        for (int i = 0; i < 30; i++) {
            log.commit();
        }
        feed = feed(new QuickFeedConfig(8, 16, 500, Duration.ofSeconds(5)));
        feed.start(30, 1);
        var open = new CompletableFuture<Void>();
        log.answerAfter(open);

        var readers = new ArrayList<CollectingReader>();
        for (int i = 0; i < 100; i++) {
            readers.add(subscribe(i % 10, null));
        }
        open.complete(null);

        for (int i = 0; i < readers.size(); i++) {
            awaitSeqs(readers.get(i), i % 10 + 1, 30);
        }
        assertThat(log.requests).hasValue(1);
    }

    @Test
    void startsByItselfFromTheLog() {
        log.commit();
        log.commit();

        var reader = subscribe(0, null);

        awaitSeqs(reader, 1, 2);
    }

    @Test
    void endsTheReaderThatWasRemovedAndNobodyElse() {
        feed.start(0, 1);
        var removed = subscribe(0, null, BOB);
        var other = subscribe(0, null);

        offer(log.commit(), log.commit("participant.removed", List.of(BOB)), log.commit());

        awaitSeqs(other, 1, 3);
        await().untilAsserted(() -> assertThat(removed.end).isEqualTo(FeedEnd.NOT_A_PARTICIPANT));
        assertThat(removed.seqs).containsExactly(1L, 2L);
        assertThat(other.end).isNull();
    }

    @Test
    void endsTheReaderThatWasRemovedWhileItReadThePast() {
        for (int i = 0; i < 30; i++) {
            log.commit();
        }
        log.commit("participant.removed", List.of(BOB));
        log.commit();
        feed.start(32, 1);

        var removed = subscribe(0, 1L, BOB);

        await().untilAsserted(() -> assertThat(removed.end).isEqualTo(FeedEnd.NOT_A_PARTICIPANT));
        assertThat(removed.seqs).isEqualTo(LongStream.rangeClosed(1, 31).boxed().toList());
        assertThat(removed.resumed).isNull();
    }

    /// He was removed and came again before he subscribed, and the relay is late with both.
    @Test
    void readsOnPastARemovalThatIsOlderThanTheParticipation() {
        feed.start(1, 1);
        log.commit();
        var removal = log.commit("participant.removed", List.of(BOB));
        var addition = log.commit("participant.added", List.of(BOB));
        var bob = subscribe(1, 2L, 3, BOB);
        await().until(() -> bob.live);

        offer(removal, addition);
        offer(log.commit());

        awaitSeqs(bob, 2, 4);
        assertThat(bob.end).isNull();

        offer(log.commit("participant.removed", List.of(BOB)));

        await().untilAsserted(() -> assertThat(bob.end).isEqualTo(FeedEnd.NOT_A_PARTICIPANT));
    }

    @Test
    void healsAGapThatIsLargerThanTheHold() {
        feed = feed(new QuickFeedConfig(8, 16, 500, Duration.ofSeconds(5)));
        feed.start(0, 1);
        var reader = subscribe(0, null);
        for (int i = 0; i < 400; i++) {
            log.commit();
        }

        offer(log.commit());

        awaitSeqs(reader, 1, 401);
        assertThat(log.requests.get()).isLessThan(5);
    }

    @Test
    void endsEverybodyWhenTheRoomIsDeleted() {
        feed.start(0, 1);
        var reader = subscribe(0, null);

        offer(log.commit("room.deleted", List.of()));

        await().untilAsserted(() -> assertThat(reader.end).isEqualTo(FeedEnd.ROOM_DELETED));
        assertThat(reader.seqs).containsExactly(1L);
    }

    @Test
    void endsReadersWhenTheLogStaysOutOfReach() {
        feed = feed(new QuickFeedConfig(8, 16, 10, Duration.ofMillis(100)));
        feed.start(0, 1);
        var live = subscribe(0, null);
        log.outOfReach(true);
        log.commit();

        offer(log.commit());

        await().untilAsserted(() -> assertThat(live.end).isEqualTo(FeedEnd.INTERNAL_GAP));
        assertThat(live.seqs).isEmpty();
    }

    @Test
    void endsReadersWhenTheEpochChanges() {
        feed.start(0, 1);
        var reader = subscribe(0, null);

        feed.compareHead(0, 2);

        await().untilAsserted(() -> assertThat(reader.end).isEqualTo(FeedEnd.INTERNAL_GAP));
    }

    @Test
    void readsTheLogForWhatWasEditedInTheRing() {
        feed.start(0, 1);
        offer(log.commit(), log.commit(), log.commit("message.deleted", List.of()));

        var reader = subscribe(0, null);

        awaitSeqs(reader, 1, 3);
        assertThat(log.requests.get()).isPositive();
    }

    /// Whatever the relay drops, repeats, delays and swaps, every reader has the same dense log in the end.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void givesEveryReaderTheSameDenseLogOverAnyRelay(long seed) {
        var random = new Random(seed);
        feed.start(0, 1);
        var readers = new ArrayList<CollectingReader>();
        var starts = new ArrayList<Long>();
        var delayed = new ArrayList<RelayEntry>();

        for (int round = 0; round < 120; round++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                var entry = log.commit();
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    delayed.add(entry);
                }
            }
            Collections.shuffle(delayed, random);
            var now = new ArrayList<>(delayed.subList(0, random.nextInt(delayed.size() + 1)));
            delayed.subList(0, now.size()).clear();
            offer(now.toArray(RelayEntry[]::new));
            if (random.nextInt(4) == 0) {
                var position = log.lastSeq() == 0 ? 0 : random.nextLong(log.lastSeq());
                starts.add(position);
                readers.add(subscribe(position, random.nextBoolean() ? position + 1 : null));
            }
        }
        var heads = loops.getLast()
                .scheduleAtFixedRate(() -> feed.compareHead(log.lastSeq(), 1), 0, 10, TimeUnit.MILLISECONDS);

        for (int i = 0; i < readers.size(); i++) {
            awaitSeqs(readers.get(i), starts.get(i) + 1, log.lastSeq());
        }
        heads.cancel(false);
    }

    private double counted(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).counter().count();
    }

    private RoomFeed feed(FeedConfig config) {
        return new RoomFeed(log.room, loops.getFirst(), log, config, metrics, new RingBudget(config.ringTotalBytes()));
    }

    private CollectingReader subscribe(long position, @Nullable Long resumedFrom) {
        return subscribe(position, resumedFrom, UserId.random());
    }

    private CollectingReader subscribe(long position, @Nullable Long resumedFrom, UserId user) {
        return subscribe(position, resumedFrom, position, user);
    }

    private CollectingReader subscribe(long position, @Nullable Long resumedFrom, long standingSeq, UserId user) {
        return subscribe(
                loops.get(Math.floorMod(user.hashCode(), loops.size())), position, resumedFrom, standingSeq, user);
    }

    private CollectingReader subscribeOn(EventLoop loop) {
        return subscribe(loop, 0, null, 0, UserId.random());
    }

    private CollectingReader subscribe(
            EventLoop loop, long position, @Nullable Long resumedFrom, long standingSeq, UserId user) {
        var reader = new CollectingReader(loop, user);
        loop.submit(() -> feed.subscribe(reader, position, standingSeq, resumedFrom))
                .syncUninterruptibly();
        return reader;
    }

    private void offer(RelayEntry... entries) {
        offer(List.of(entries).stream().map(FeedEvent::of).toList());
    }

    private void offer(List<FeedEvent> events) {
        try {
            feed.offer(events, backlog.take(events.size() * 10_000L));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitSeqs(CollectingReader reader, long from, long to) {
        var expected = LongStream.rangeClosed(from, to).boxed().toList();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(reader.seqs).hasSameSizeAs(expected));
        assertThat(reader.seqs).isEqualTo(expected);
    }
}
