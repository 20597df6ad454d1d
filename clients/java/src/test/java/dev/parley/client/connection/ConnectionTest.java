package dev.parley.client.connection;

import static dev.parley.client.connection.ModelClient.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.event.AccountEvent;
import dev.parley.client.event.Event;
import dev.parley.client.event.Following;
import dev.parley.client.event.LogEvent;
import dev.parley.client.outbox.SendState;
import dev.parley.client.outbox.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the connection does about each way in which it can be refused, lost or asked to move.
class ConnectionTest {

    @ParameterizedTest
    @ValueSource(ints = {1011, 1012, 4508, 4509, 4511})
    void comesBackAndResumes(int code) {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();
            client.awaitEvent(LogEvent.class, event -> event.seq() == 3);
            client.forgetStates();

            client.server.state.close(code, null);
            client.server.state.surprise(ROOM);

            client.awaitState(ConnectionState.Reconnecting.class);
            client.awaitState(ConnectionState.Online.class);
            client.awaitEvent(LogEvent.class, event -> event.seq() == 4);
            assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void waitsHalfAMinuteWhenItWasRateLimitedTooOften() {
        try (ModelClient client = new ModelClient().online()) {
            client.server.state.close(4529, null);

            Instant retryAt =
                    client.awaitState(ConnectionState.Reconnecting.class).retryAt();
            assertThat(retryAt).isAfter(Instant.now().plusSeconds(28));
        }
    }

    @Test
    void doesNotWaitWhenToldSo() {
        try (ModelClient client = new ModelClient().online()) {
            client.server.state.close(4529, null);
            client.awaitState(ConnectionState.Reconnecting.class);
            client.forgetStates();

            client.parley.reconnectNow();

            client.awaitState(ConnectionState.Online.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4400, 4403, 4404})
    void givesUpWhereComingBackWouldNotHelp(int code) {
        try (ModelClient client = new ModelClient().online()) {
            client.server.state.close(code, null);

            ConnectionState.Ended ended = client.awaitState(ConnectionState.Ended.class);
            assertThat(ended.code()).isEqualTo(code == 4400 ? "malformed" : "room_not_found");
            awaitTrue(() -> client.server.state.sockets() == 0);
            assertThat(client.parley.state()).isEqualTo(ended);
        }
    }

    @Test
    void comesBackOnceWithANewTokenWhenItIsUnauthenticated() {
        try (ModelClient client = new ModelClient().online()) {
            int before = client.server.state.refreshes();
            client.forgetStates();

            client.server.state.close(4401, null);

            client.awaitState(ConnectionState.Online.class);
            assertThat(client.server.state.refreshes()).isEqualTo(before + 1);
            client.server.state.close(4401, null);
            assertThat(client.awaitState(ConnectionState.Ended.class).code()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void comesBackWhenTheTokenThatItWasRenewedWithExpires() {
        try (ModelClient client = new ModelClient(10, 1).online()) {
            client.server.state.lifetime(900);
            awaitTrue(() -> !client.server.state.heard("a good auth.refresh").isEmpty());
            client.forgetStates();

            client.server.state.expire("ada");

            client.awaitState(ConnectionState.Reconnecting.class);
            client.awaitState(ConnectionState.Online.class);
        }
    }

    @Test
    void doesNotHurryWhenTheTokenCannotBeRenewed() {
        try (ModelClient client = new ModelClient(10, 1)) {
            client.server.state.refuseRenewals = true;
            client.online();

            awaitTrue(() -> client.server.state.heard("auth.refresh").size() >= 2);

            List<Long> asked = client.server.state.heard("auth.refresh");
            assertThat(asked.get(1) - asked.get(0)).isGreaterThan(900_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unavailable", "internal", "rate_limited"})
    void asksAgainForARoomThatCannotBeFollowedNow(String code) {
        try (ModelClient client = new ModelClient()) {
            client.server.state.refuseSubscription(ROOM, code);
            client.server.state.refuseSubscription(ROOM, code);
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();

            client.awaitEvent(LogEvent.class, event -> event.seq() == 3);
            assertThat(client.server.state.heard("subscribe")).hasSize(3);
        }
    }

    @Test
    void waitsOutARateLimitOverReconnections() {
        try (ModelClient client = new ModelClient().online()) {
            client.server.state.limitSends(1, 700);
            Sending sending = client.parley.room(ROOM).send("hello");
            awaitTrue(
                    () -> !client.server.state.heard("message.send").isEmpty() && sending.state() == SendState.QUEUED);
            client.forgetStates();

            client.server.state.close(1012, null);
            client.awaitState(ConnectionState.Online.class);
            sending.whenStored().join();

            List<Long> sent = client.server.state.heard("message.send");
            assertThat(sent).hasSize(2);
            assertThat(sent.get(1) - sent.get(0)).isGreaterThan(690_000_000);
        }
    }

    @Test
    void letsOneRoomTryWhetherARateLimitIsOver() {
        try (ModelClient client = new ModelClient()) {
            List<UUID> rooms =
                    LongStream.rangeClosed(1, 5).mapToObj(i -> new UUID(1, i)).toList();
            rooms.forEach(room -> client.server.state.room(room, 0));
            client.server.state.limitSends(5, 1_000);
            client.server.heartbeatMillis = 60_000;
            List<Sending> sendings = rooms.stream()
                    .map(room -> client.parley.room(room).send("hello"))
                    .toList();
            client.online();
            awaitTrue(() -> client.server.state.heard("message.send").size() == 5
                    && sendings.stream().allMatch(sending -> sending.state() == SendState.QUEUED));

            client.server.state.deaf = true;
            awaitTrue(() -> client.server.state.heard("message.send").size() > 5);
            client.parley.room(ROOM).typing(true);
            awaitTrue(() -> !client.server.state.heard("typing").isEmpty());
            assertThat(client.server.state.heard("message.send")).hasSize(6);

            client.server.state.deaf = false;
            client.server.state.close(1012, null);
            sendings.forEach(sending -> sending.whenStored().join());
            assertThat(client.server.state.heard("message.send")).hasSize(11);
        }
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void endsWithItsSession() {
        try (ModelClient client = new ModelClient().online()) {
            client.server.state.endSession("ada");

            assertThat(client.awaitState(ConnectionState.Ended.class).code()).isEqualTo("unauthenticated");
            assertThatThrownBy(() -> client.parley.connect().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConnectionEndedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void givesUpWhenTheUpgradeIsRefusedForGood(int status) {
        try (ModelClient client = new ModelClient()) {
            client.server.refuseUpgrades = status;

            assertThatThrownBy(() -> client.parley.connect().join()).hasCauseInstanceOf(ConnectionEndedException.class);
            assertThat(client.parley.state())
                    .isEqualTo(new ConnectionState.Ended(
                            status == 403 ? "forbidden" : "not_found", "refused with " + status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void triesAgainWhenTheUpgradeIsRefusedForNow(int status) {
        try (ModelClient client = new ModelClient()) {
            client.server.refuseUpgrades = status;
            client.parley.connect();
            client.awaitState(ConnectionState.Reconnecting.class);

            client.server.refuseUpgrades = 0;

            client.awaitState(ConnectionState.Online.class);
        }
    }

    @Test
    void movesBeforeADrainingServerCloses() {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).follow();
            client.online();
            client.awaitEvent(Following.CaughtUp.class, event -> true);
            client.forgetStates();

            client.server.state.drain(50, 60_000);

            client.awaitState(ConnectionState.Moving.class);
            client.awaitState(ConnectionState.Online.class);
            client.server.state.surprise(ROOM);
            client.awaitEvent(LogEvent.class, event -> event.seq() == 4);
            assertThat(client.parley.state()).isInstanceOf(ConnectionState.Online.class);
        }
    }

    @Test
    void refreshesTheTokenOfALivingSocket() {
        try (ModelClient client = new ModelClient(10, 1).online()) {
            int before = client.server.state.refreshes();
            long began = System.nanoTime();

            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (client.server.state.refreshes() < before + 2 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(client.server.state.refreshes()).isBetween(before + 2, before + 3);
            assertThat(System.nanoTime()).as("not sooner than half a life").isGreaterThan(began + 900_000_000);
            assertThat(client.parley.state()).isInstanceOf(ConnectionState.Online.class);
            assertThat(client.server.state.sockets()).isEqualTo(1);
            assertThat(client.server.state.violations()).isEmpty();
        }
    }

    @Test
    void noticesADeadConnectionByTheMissingPong() {
        try (ModelClient client = new ModelClient()) {
            client.server.heartbeatMillis = 50;
            client.server.state.deaf = true;
            client.parley.connect().join();

            ConnectionState.Reconnecting lost = client.awaitState(ConnectionState.Reconnecting.class);
            assertThat(lost.cause()).contains("heartbeat missed");
            client.forgetStates();
            client.server.state.deaf = false;
            client.awaitState(ConnectionState.Online.class);
        }
    }

    @Test
    void readsOverRestWhatIsTooMuchForAReplay() {
        try (ModelClient client = new ModelClient()) {
            LongStream.range(0, 40).forEach(i -> client.server.state.surprise(ROOM));
            client.parley.room(ROOM).follow(new Position(2, 1L));

            client.online();

            client.awaitEvent(Following.CaughtUp.class, caughtUp -> caughtUp.lastSeq() == 43);
            assertThat(client.seqs())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(3, 43).boxed().toList());
        }
    }

    @Test
    void tellsToReloadWhenTooMuchWasMissed() {
        try (ModelClient client = new ModelClient(10, 900)) {
            LongStream.range(0, 40).forEach(i -> client.server.state.surprise(ROOM));
            client.parley.room(ROOM).follow(new Position(2, 1L));

            client.online();

            assertThat(client.awaitEvent(Following.Reload.class, event -> true))
                    .isEqualTo(new Following.Reload(ROOM, 43, 1, Following.Reload.Cause.TOO_FAR_BEHIND));
            client.server.state.surprise(ROOM);
            client.awaitEvent(LogEvent.class, event -> event.seq() == 44);
            assertThat(client.seqs()).containsExactly(44L);
        }
    }

    @Test
    void tellsToReloadWhenTheLogWasRestored() {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();
            client.awaitEvent(Following.CaughtUp.class, event -> true);

            client.server.state.restore(ROOM, 1);

            assertThat(client.awaitEvent(Following.Reload.class, event -> true))
                    .isEqualTo(new Following.Reload(ROOM, 2, 2, Following.Reload.Cause.LOG_RESTORED));
            client.server.state.surprise(ROOM);
            client.awaitEvent(LogEvent.Other.class, event -> event.type().equals("poll.created"));
            assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 3L);
        }
    }

    @Test
    void tellsThatARoomIsGone() {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).follow();
            client.online();
            client.awaitEvent(Following.CaughtUp.class, event -> true);

            client.server.state.removeRoom(ROOM);

            client.awaitEvent(
                    AccountEvent.RoomRemoved.class, event -> event.roomId().equals(ROOM));
            assertThat(client.awaitEvent(Following.Gone.class, event -> true).code())
                    .isEqualTo("room_not_found");
        }
    }

    @Test
    void handsOnWhatItDoesNotKnow() {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();

            client.server.state.tell("weather.changed");

            assertThat(client.awaitEvent(Event.Unknown.class, event -> true).type())
                    .isEqualTo("weather.changed");
            assertThat(client.awaitEvent(LogEvent.Other.class, event -> true).type())
                    .isEqualTo("history.made");
        }
    }

    @Test
    void storesOrRefusesWhatIsSent() {
        try (ModelClient client = new ModelClient().online()) {
            Sending good = client.parley.room(ROOM).send("hello");
            Sending bad = client.parley.room(ROOM).send("refuse this");
            Sending after = client.parley.room(ROOM).send("and on");

            assertThat(good.whenStored().join().seq()).isEqualTo(4);
            assertThatThrownBy(() -> bad.whenStored().join()).hasMessageContaining("forbidden");
            assertThat(bad.state()).isEqualTo(SendState.REFUSED);
            assertThat(after.whenStored().join().seq()).isEqualTo(5);
        }
    }

    /// A listener that waits for the server must not wait for ever, and one that is stuck must not fill the memory.
    @Test
    void answersAListenerThatWaitsWhileItsEventsPileUp() throws Exception {
        try (ModelClient client = new ModelClient()) {
            CountDownLatch stuck = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            client.parley.room(ROOM).onEvent(event -> {
                if (event instanceof LogEvent entry && entry.seq() == 3) {
                    stuck.countDown();
                    await(go);
                    client.parley
                            .room(ROOM)
                            .send("from a listener")
                            .whenStored()
                            .join();
                }
            });
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();
            stuck.await();

            int many = 5_000;
            LongStream.range(0, many).forEach(i -> client.server.state.surprise(ROOM));
            go.countDown();

            client.awaitEvent(LogEvent.class, event -> event.seq() == many + 4);
            assertThat(client.seqs())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, many + 4).boxed().toList());
        }
    }

    @Test
    void callsTheNextListenerWhenOneThrows() {
        try (ModelClient client = new ModelClient()) {
            client.parley.room(ROOM).onEvent(event -> {
                throw new IllegalStateException("a listener of the test that throws");
            });
            client.parley.room(ROOM).follow(new Position(0, null));
            client.online();

            client.awaitEvent(Following.CaughtUp.class, event -> true);
            assertThat(client.seqs()).isEqualTo(List.of(1L, 2L, 3L));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
