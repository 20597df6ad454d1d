package dev.parley.client.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {

    private static final UUID ME = new UUID(0, 1);
    private static final UUID ROOM = new UUID(0, 2);

    private final OutboxStore store = OutboxStore.inMemory();
    private final List<SendState> told = new ArrayList<>();

    @Test
    void takesOverFromTheStoreInOrder() {
        outbox(10).add(ROOM, "a", "first", null);
        outbox(10).add(ROOM, "b", "second", null);

        Outbox next = outbox(10);

        assertThat(next.pending())
                .extracting(sending -> sending.message().content())
                .containsExactly("first", "second");
        assertThat(next.heads())
                .extracting(sending -> sending.message().content())
                .containsExactly("first");
    }

    @Test
    void leavesTheMessagesOfAnotherAccountAlone() {
        new Outbox(store, new UUID(0, 9), 10, () -> Instant.EPOCH, sending -> {}).add(ROOM, "a", "not mine", null);

        assertThat(outbox(10).pending()).isEmpty();
        assertThat(store.load()).hasSize(1);
    }

    @Test
    void answersARepeatedIdWithTheMessageThatHasIt() {
        Outbox outbox = outbox(10);

        assertThat(outbox.add(ROOM, "a", "once", null)).isSameAs(outbox.add(ROOM, "a", "once", null));
        assertThat(outbox.pending()).hasSize(1);
    }

    @Test
    void isBounded() {
        Outbox outbox = outbox(1);
        outbox.add(ROOM, "a", "one", null);

        assertThatThrownBy(() -> outbox.add(ROOM, "b", "two", null)).isInstanceOf(OutboxFullException.class);
        assertThat(store.load()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "half \ud83d"})
    void refusesAtOnceWhatNoServerTakes(String content) {
        Sending refused = outbox(10).add(ROOM, "a", content, null);

        assertThat(refused.state()).isEqualTo(SendState.REFUSED);
        assertThatThrownBy(() -> refused.whenStored().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("validation_failed");
        assertThat(store.load()).isEmpty();
    }

    @Test
    void countsCodePoints() {
        assertThat(outbox(10).add(ROOM, "a", "🙂".repeat(8_000), null).state()).isEqualTo(SendState.QUEUED);
        assertThat(outbox(10).add(ROOM, "b", "x".repeat(8_001), null).state()).isEqualTo(SendState.REFUSED);
    }

    @Test
    void tellsEachStateOnce() throws InterruptedException {
        Outbox outbox = outbox(10);
        Sending sending = outbox.add(ROOM, "a", "hello", null);

        outbox.sent(sending);
        outbox.unsent(sending);
        outbox.sent(sending);
        outbox.stored(sending, new Receipt(ROOM, 1, Instant.EPOCH));
        outbox.stored(sending, new Receipt(ROOM, 1, Instant.EPOCH));
        outbox.unsent(sending);

        assertThat(told)
                .containsExactly(SendState.QUEUED, SendState.SENT, SendState.QUEUED, SendState.SENT, SendState.STORED);
        assertThat(outbox.awaitEmpty(Duration.ZERO)).isTrue();
        assertThat(store.load()).isEmpty();
    }

    private Outbox outbox(int capacity) {
        return new Outbox(store, ME, capacity, () -> Instant.EPOCH, sending -> told.add(sending.state()));
    }
}
