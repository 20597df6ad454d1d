package dev.parley.room.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:23:05.120Z");

    @Test
    void areUuidsOfVersion7() {
        var id = MessageIds.of(NOW, Long.MAX_VALUE).value();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void standInTheOrderOfSeqWithinAMillisecond() {
        var ids = LongStream.of(1, 2, 4_095, 4_096, 4_097, 8_191, 8_192, 16_777_215)
                .mapToObj(seq -> MessageIds.of(NOW, seq).toString())
                .toList();

        assertThat(ids).isSorted();
    }

    @Test
    void standInTheOrderOfTime() {
        assertThat(MessageIds.of(NOW, 16_777_215).toString())
                .isLessThan(MessageIds.of(NOW.plusMillis(1), 1).toString());
    }

    @Test
    void differBetweenRooms() {
        assertThat(MessageIds.of(NOW, 1)).isNotEqualTo(MessageIds.of(NOW, 1));
    }
}
