package dev.parley.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How JSON objects are put into frames.
enum Subprotocol {
    /// One object in a text frame.
    CHAT_V1 {
        @Override
        Stream<String> objects(String message) {
            return Stream.of(message);
        }

        @Override
        void encode(List<byte[]> objects, ByteBuf out) {
            for (var object : objects) {
                TextFrame.write(out, object.length, frame -> frame.writeBytes(object));
            }
        }
    },
    /// Several objects, separated by line feeds, in a text frame of [#MAX_PACKED_BYTES] at most
    /// (a single object may be larger).
    CHAT_V1_NDJSON {
        @Override
        Stream<String> objects(String message) {
            return message.lines().filter(line -> !line.isBlank());
        }

        @Override
        void encode(List<byte[]> objects, ByteBuf out) {
            int start = 0;
            while (start < objects.size()) {
                int end = start + 1;
                int bytes = objects.get(start).length;
                while (end < objects.size() && bytes + 1 + objects.get(end).length <= MAX_PACKED_BYTES) {
                    bytes += 1 + objects.get(end++).length;
                }
                TextFrame.write(out, bytes, lines(objects.subList(start, end)));
                start = end;
            }
        }
    };

    static final int MAX_PACKED_BYTES = 32 * 1024;

    private static final int FRAME_OVERHEAD = 10;

    /// What was negotiated; the default when nothing was offered.
    static Subprotocol of(@Nullable String name) {
        return "chat.v1.ndjson".equals(name) ? CHAT_V1_NDJSON : CHAT_V1;
    }

    /// Whole frames, in order, ready for the wire.
    ByteBuf encode(List<byte[]> objects, ByteBufAllocator allocator) {
        var bytes = objects.stream()
                .mapToInt(object -> object.length + FRAME_OVERHEAD)
                .sum();
        var out = allocator.ioBuffer(bytes);
        encode(objects, out);
        return out;
    }

    /// What a client put into one frame, in its order.
    abstract Stream<String> objects(String message);

    abstract void encode(List<byte[]> objects, ByteBuf out);

    private static Consumer<ByteBuf> lines(List<byte[]> objects) {
        return frame -> {
            for (int i = 0; i < objects.size(); i++) {
                if (i > 0) {
                    frame.writeByte('\n');
                }
                frame.writeBytes(objects.get(i));
            }
        };
    }
}
