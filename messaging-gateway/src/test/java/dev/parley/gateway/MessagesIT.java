package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class MessagesIT {

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    RedisAPI redis;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
        for (var fault : Fault.values()) {
            roomService.end(fault);
        }
    }

    /// One event, however many sockets; and none that came to another gateway.
    @Test
    void timesMessagesOfItsOwnSocketsUntilTheyAreDelivered() throws IOException {
        var sender = open(alice, "");
        var receiver = open(bob, "");
        sender.await("hello", 1);
        receiver.await("hello", 1);
        var sendToDeliver = meters.get("parley.send.deliver").timer();
        var before = sendToDeliver.count();

        roomService.say(room, bob, "from elsewhere");
        sender.message("f-1", "c-1", "from here");
        sender.message("f-2", "c-2", "from here, too");
        receiver.await("message.created", 3);

        await().until(() -> sendToDeliver.count() == before + 2);
        sender.message("f-3", "c-1", "from here");
        assertThat(sender.await("ack", 3).getBoolean("duplicate")).isTrue();
        assertThat(sendToDeliver.count()).isEqualTo(before + 2);
    }

    @Test
    void greetsAcksAndDelivers() throws IOException {
        var sender = open(alice, "");
        var receiver = open(bob, "");

        sender.message("f-1", "c-1", "hello, Bob");

        var hello = sender.await("hello", 1);
        assertThat(sender.raw().getFirst()).startsWith("{\"type\":\"hello\"");
        assertThat(hello.getString("user_id")).isEqualTo(alice.toString());
        assertThat(hello.getString("room_id")).isEqualTo(room.toString());
        assertThat(hello.getLong("last_seq")).isZero();
        // A token ends at a full second: the milliseconds must be there all the same.
        assertThat(hello.getString("token_expires_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z");
        var ack = sender.await("ack", 1);
        assertThat(ack.getString("id")).isEqualTo("f-1");
        assertThat(ack.getString("client_message_id")).isEqualTo("c-1");
        assertThat(ack.getString("room_id")).isEqualTo(room.toString());
        assertThat(ack.getLong("seq")).isEqualTo(1);
        assertThat(ack.getString("timestamp")).isEqualTo("2026-11-22T14:23:05.120Z");
        assertThat(ack.getBoolean("duplicate")).isFalse();
        for (var socket : List.of(sender, receiver)) {
            var event = new JsonObject()
                    .put("type", "message.created")
                    .put("room_id", room.toString())
                    .put("seq", 1)
                    .put("content", "hello, Bob");
            assertThat(socket.await("message.created", 1)).isEqualTo(event);
        }
    }

    @Test
    void answersARepeatWithTheFirstOnesSeq() throws IOException {
        var sender = open(alice, "");
        sender.message("f-1", "c-1", "once");
        sender.await("ack", 1);

        sender.message("f-2", "c-1", "once");

        var ack = sender.await("ack", 2);
        assertThat(ack.getString("id")).isEqualTo("f-2");
        assertThat(ack.getLong("seq")).isEqualTo(1);
        assertThat(ack.getBoolean("duplicate")).isTrue();
        assertThat(roomService.logSize(room)).isEqualTo(1);
    }

    @Test
    void answersTwinsOfOneEntryEachForItself() throws IOException {
        roomService.begin(Fault.INGEST_STANDS);
        var sender = open(alice, "");
        sender.message("f-1", "c-1", "first, alone under way");
        sender.message("f-2", "c-2", "twin");
        sender.message("f-3", "c-2", "twin");
        roomService.end(Fault.INGEST_STANDS);

        sender.await("ack", 3);

        assertThat(sender.frames("ack")).extracting(ack -> ack.getString("id")).contains("f-1", "f-2", "f-3");
        assertThat(sender.frames("ack").stream().filter(ack -> ack.getBoolean("duplicate")))
                .extracting(ack -> ack.getString("id"))
                .containsExactly("f-3");
    }

    @Test
    void passesARefusalOn() throws IOException {
        var sender = open(alice, "");
        var foreign = roomService.room(bob);

        sender.send("{\"type\":\"message.send\",\"id\":\"x\",\"room_id\":\"" + foreign
                + "\",\"client_message_id\":\"c\",\"content\":\"hi\"}");
        sender.send(
                "{\"type\":\"message.send\",\"id\":\"y\",\"room_id\":\"nope\",\"client_message_id\":\"c\",\"content\":\"hi\"}");

        sender.await("error", 2);
        assertThat(sender.frames("error")).allSatisfy(error -> {
            assertThat(error.getString("code")).isEqualTo("room_not_found");
            assertThat(error.getBoolean("retryable")).isFalse();
        });
    }

    @Test
    void keepsTheOrderOfAThousandSendsWithoutWaiting() throws IOException {
        var sender = open(alice, "");
        var receiver = open(bob, "");

        for (int i = 0; i < 1_000; i++) {
            sender.message("f-" + i, "c-" + i, "m-" + i);
        }

        sender.await("ack", 1_000);
        receiver.await("message.created", 1_000);
        assertThat(receiver.frames("message.created"))
                .extracting(event -> event.getString("content"))
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "m-" + i).toList());
    }

    @Test
    void resumesAfterASeqAndGoesOnLive() throws IOException {
        for (int i = 1; i <= 700; i++) {
            roomService.say(room, bob, "old " + i);
        }

        var client = open(alice, "&after_seq=10&log_epoch=1");
        var resumed = client.await("resumed", 1);
        roomService.say(room, bob, "new");
        client.await("message.created", 691);

        assertThat(resumed.getLong("from_seq")).isEqualTo(11);
        assertThat(resumed.getLong("to_seq")).isEqualTo(700);
        assertThat(resumed.getLong("last_seq")).isEqualTo(700);
        assertThat(resumed.getBoolean("complete")).isTrue();
        assertThat(seqs(client))
                .isEqualTo(LongStream.rangeClosed(11, 701).boxed().toList());
    }

    @Test
    void saysThatAnImpossibleResumeIsIncomplete() throws IOException {
        roomService.say(room, bob, "one");

        var beyond = open(alice, "&after_seq=7");
        var otherLog = open(alice, "&after_seq=0&log_epoch=9");
        roomService.say(room, bob, "two");

        for (var client : List.of(beyond, otherLog)) {
            assertThat(client.await("resumed", 1).getBoolean("complete")).isFalse();
            client.await("message.created", 1);
            assertThat(seqs(client)).containsExactly(2L);
        }
    }

    @Test
    void healsWhatTheRelayLost() throws IOException {
        var client = open(bob, "");
        client.await("hello", 1);
        roomService.begin(Fault.RELAY_IS_LOST);
        roomService.say(room, alice, "lost 1");
        roomService.say(room, alice, "lost 2");
        roomService.end(Fault.RELAY_IS_LOST);

        roomService.say(room, alice, "came");
        client.await("message.created", 3);
        roomService.begin(Fault.RELAY_IS_LOST);
        roomService.say(room, alice, "lost, and nothing after it");
        client.await("message.created", 4);

        assertThat(seqs(client)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void rescuesAnEntryThatRedisForgot() throws IOException {
        var before = roomService.rescues();
        roomService.begin(Fault.INGEST_STANDS);
        var sender = open(alice, "");
        var receiver = open(bob, "");
        receiver.await("hello", 1);
        sender.message("f-1", "c-1", "forgotten");
        await().until(() -> entriesInIngest() == 1);

        redis.flushall(List.of()).toCompletionStage().toCompletableFuture().join();

        assertThat(sender.await("ack", 1).getLong("seq")).isEqualTo(1);
        receiver.await("message.created", 1);
        assertThat(roomService.rescues()).isEqualTo(before + 1);
    }

    @Test
    void endsTheSocketOfARemovedParticipant() throws IOException {
        var removed = open(bob, "");
        var other = open(alice, "");
        removed.await("hello", 1);
        other.await("hello", 1);

        roomService.announce(room, "participant.removed", alice, List.of(bob));
        roomService.say(room, alice, "without Bob");

        removed.awaitClose(4403);
        other.await("message.created", 1);
        assertThat(removed.frames("participant.removed")).hasSize(1);
        assertThat(removed.frames("message.created")).isEmpty();
    }

    @Test
    void packsLinesForThoseWhoAsk() throws IOException {
        for (int i = 0; i < 50; i++) {
            roomService.say(room, alice, "packed " + i);
        }
        var client = ChatClient.open(
                port, "/ws/chat/" + room + "/?token=" + Scene.token(bob) + "&after_seq=0", "chat.v1.ndjson");
        clients.add(client);

        client.await("message.created", 50);

        client.send("{\"type\":\"ping\",\"id\":\"a\"}\n{\"type\":\"ping\",\"id\":\"b\"}");
        assertThat(client.await("pong", 2).getString("id")).isEqualTo("b");
        assertThat(client.subprotocol()).isEqualTo("chat.v1.ndjson");
        assertThat(client.raw()).hasSizeLessThan(50);
        assertThat(seqs(client)).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    private long entriesInIngest() {
        return IntStream.range(0, 16)
                .mapToLong(partition -> redis.xlen("ingest:{" + partition + "}")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .toLong())
                .sum();
    }

    private ChatClient open(UserId user, String more) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(user) + more);
        clients.add(client);
        return client;
    }

    private static List<Long> seqs(ChatClient client) {
        return client.frames("message.created").stream()
                .map(event -> event.getLong("seq"))
                .toList();
    }
}
