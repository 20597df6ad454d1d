package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.system.LocalSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Eight senders and twelve listeners in one room, 25 messages from each sender, and what has to hold in the end
/// whatever happens in the middle.
final class Crowd implements AutoCloseable {

    static final int SENDERS = 8;
    static final int LISTENERS = 12;
    static final int MESSAGES_EACH = 25;
    static final int MESSAGES = SENDERS * MESSAGES_EACH;

    /// Parts take some seconds to start, an unanswered send 30 s to be answered and 35 s to be sent again.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Person> people;
    private final String room;
    private final List<RoomReader> senders;
    private final List<RoomReader> everybody = new ArrayList<>();

    private Crowd(LocalSystem system) {
        people = IntStream.range(0, SENDERS)
                .mapToObj(number -> Person.register(system, "crowd"))
                .toList();
        room = people.getFirst().createGroup("crowd", people.subList(1, SENDERS));
        IntFunction<RoomReader> reader = number -> RoomReader.open(system, people.get(number % SENDERS), room);
        senders = IntStream.range(0, SENDERS).mapToObj(reader).toList();
        everybody.addAll(senders);
        IntStream.range(0, LISTENERS).mapToObj(reader).forEach(everybody::add);
    }

    /// Registers eight people, puts them into a group and opens twenty sockets.
    static Crowd gather(LocalSystem system) {
        return new Crowd(system);
    }

    /// Lets every sender send its messages from one number up to, but without, another; all at once.
    void speak(int from, int to) {
        for (int sender = 0; sender < SENDERS; sender++) {
            Map<String, String> messages = new LinkedHashMap<>();
            for (int number = from; number < to; number++) {
                messages.put("s" + sender + "-" + number, "message " + number + " of sender " + sender);
            }
            senders.get(sender).send(messages);
        }
    }

    /// Waits until so many messages are acked.
    void awaitAcked(int atLeast) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (acked() < atLeast) {
            assertThat(System.nanoTime())
                    .as("%d acks, %d awaited", acked(), atLeast)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private int acked() {
        return senders.stream().mapToInt(sender -> sender.acks().size()).sum();
    }

    /// How often a socket had to be opened again.
    int reconnections() {
        return everybody.stream().mapToInt(reader -> reader.connections() - 1).sum();
    }

    /// How the sockets have ended so far.
    List<String> ends() {
        return everybody.stream().flatMap(reader -> reader.ends().stream()).toList();
    }

    /// All messages acked, stored once, and seen by every socket in one order, none missing, none twice.
    void assertOneOrder() {
        senders.forEach(sender -> sender.awaitAcked(PATIENCE));
        everybody.forEach(reader -> reader.awaitSeq(MESSAGES, PATIENCE));

        List<JsonNode> history = people.getLast().history(room);
        assertThat(history.stream().map(message -> message.get("seq").longValue()))
                .as("seq in history")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        Set<String> stored = new TreeSet<>();
        history.forEach(message -> stored.add(message.get("client_message_id").textValue()));
        assertThat(stored).as("different messages in history").hasSize(MESSAGES);

        Map<Long, JsonNode> bySeq = new HashMap<>();
        history.forEach(message -> bySeq.put(message.get("seq").longValue(), message));
        senders.forEach(sender -> assertAcksMatch(sender, bySeq));
        everybody.forEach(reader -> assertSaw(reader, history));
        assertSendersOrderKept(history);
    }

    @Override
    public void close() {
        everybody.forEach(RoomReader::close);
    }

    private static void assertAcksMatch(RoomReader sender, Map<Long, JsonNode> bySeq) {
        assertThat(sender.acks()).hasSize(MESSAGES_EACH);
        sender.acks().forEach((clientMessageId, ack) -> {
            Shapes.assertSendAck(ack);
            JsonNode message = bySeq.get(ack.get("seq").longValue());
            assertThat(message.get("client_message_id").textValue()).isEqualTo(clientMessageId);
            assertThat(message.get("id")).isEqualTo(ack.get("message_id"));
        });
    }

    private static void assertSaw(RoomReader reader, List<JsonNode> history) {
        List<JsonNode> events = reader.events();
        assertThat(events.stream().map(event -> event.get("seq").longValue()))
                .as("seq on one socket")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        for (int i = 0; i < MESSAGES; i++) {
            Shapes.assertMessageCreated(events.get(i));
            assertThat(events.get(i).at("/message/id")).isEqualTo(history.get(i).get("id"));
            assertThat(events.get(i).at("/message/content"))
                    .isEqualTo(history.get(i).get("content"));
        }
    }

    /// Sends of one connection are committed in the order sent, also when they were sent again in order.
    private static void assertSendersOrderKept(List<JsonNode> history) {
        Map<String, List<String>> bySender = new HashMap<>();
        for (JsonNode message : history) {
            String id = message.get("client_message_id").textValue();
            bySender.computeIfAbsent(id.replaceFirst("-.*", ""), sender -> new ArrayList<>())
                    .add(id);
        }
        bySender.forEach((sender, ids) -> assertThat(ids)
                .as("order of %s", sender)
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES_EACH)
                        .mapToObj(number -> sender + "-" + number)
                        .toList()));
    }
}
