package dev.parley.gateway.socket;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// Text frames as bytes on the wire, final and unmasked as a server sends them. Source: RFC 6455 §5.2.
/// Encoding below Vert.x lets one encoding serve all sockets, and many frames one write.
final class TextFrame {

    private static final int FINAL_TEXT = 0x81;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int MAX_IN_2_BYTES = 0xFFFF;

    private TextFrame() {}

    /// @param payload writes exactly `length` bytes
    static void write(ByteBuf out, int length, Consumer<ByteBuf> payload) {
        out.writeByte(FINAL_TEXT);
        if (length < LENGTH_IN_2_BYTES) {
            out.writeByte(length);
        } else if (length <= MAX_IN_2_BYTES) {
            out.writeByte(LENGTH_IN_2_BYTES).writeShort(length);
        } else {
            out.writeByte(LENGTH_IN_8_BYTES).writeLong(length);
        }
        payload.accept(out);
    }
}
