package dev.parley.gateway.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprotocolTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 100_000})
    void encodesFramesThatADecoderReads(int length) {
        var object = "x".repeat(length);

        assertThat(decoded(Subprotocol.CHAT_V1, object, "{}")).containsExactly(object, "{}");
    }

    @Test
    void packsLinesIntoOneFrame() {
        assertThat(decoded(Subprotocol.CHAT_V1_NDJSON, "{\"a\":1}", "{\"b\":2}", "{\"c\":3}"))
                .containsExactly("{\"a\":1}\n{\"b\":2}\n{\"c\":3}");
    }

    @Test
    void startsANewFrameBeforeOneGetsTooLarge() {
        var half = "x".repeat(Subprotocol.MAX_PACKED_BYTES / 2);

        assertThat(decoded(Subprotocol.CHAT_V1_NDJSON, half, half, "{}")).containsExactly(half, half + "\n{}");
    }

    @Test
    void isChosenByName() {
        assertThat(Subprotocol.of("chat.v1.ndjson")).isEqualTo(Subprotocol.CHAT_V1_NDJSON);
        assertThat(Subprotocol.of("chat.v1")).isEqualTo(Subprotocol.CHAT_V1);
        assertThat(Subprotocol.of(null)).isEqualTo(Subprotocol.CHAT_V1);
    }

    private static List<String> decoded(Subprotocol subprotocol, String... objects) {
        ByteBuf bytes = subprotocol.encode(
                Stream.of(objects).map(object -> object.getBytes(UTF_8)).toList(), UnpooledByteBufAllocator.DEFAULT);
        var channel = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        var frames = new ArrayList<String>();
        for (TextWebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame.text());
            frame.release();
        }
        return frames;
    }
}
