package dev.parley.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.testing.SocketDocument;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The AsyncAPI document has every close code there is, and no other.
class DocumentedCloseCodesTest {

    /// What a client's frames do wrong is told by `framing`, with Netty's codes.
    private static final List<WebSocketCloseStatus> OF_FRAMING = List.of(
            WebSocketCloseStatus.PROTOCOL_ERROR,
            WebSocketCloseStatus.INVALID_MESSAGE_TYPE,
            WebSocketCloseStatus.INVALID_PAYLOAD_DATA,
            WebSocketCloseStatus.MESSAGE_TOO_BIG);

    @Test
    void areThoseOfTheGateway() {
        var codes = new TreeSet<Integer>();
        Arrays.stream(CloseCode.values())
                .forEach(code -> codes.add(code.reason().getCode()));
        OF_FRAMING.forEach(status -> codes.add(status.code()));

        var described = SocketDocument.read().root().path("x-close-codes");

        assertThat(StreamSupport.stream(described.spliterator(), false)
                        .map(code -> code.path("code").asInt()))
                .containsExactlyElementsOf(codes);
        assertThat(described).allSatisfy(code -> {
            assertThat(code.path("meaning").asText()).isNotBlank();
            assertThat(code.path("reconnect").asText()).isNotBlank();
        });
    }
}
