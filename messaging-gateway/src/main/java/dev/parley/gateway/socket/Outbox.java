package dev.parley.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The way out of one socket, below Vert.x: writes whole frames to the channel and knows how much waits there.
/// Vert.x' own queue is unbounded; whoever writes here looks at [#pendingBytes] first.
///
/// Thread: the channel's event loop.
final class Outbox {

    private static final int CLOSE_PATIENCE_SECONDS = 5;

    private final Channel channel;
    private final Subprotocol subprotocol;
    private final Flusher flusher;
    private final Deque<Part> parts = new ArrayDeque<>(1);
    private boolean partUnderWay;
    private boolean dirty;

    /// A part of a replay.
    /// @param wanted whether it is still to be written when its turn comes
    /// @param drained runs when the network has taken it
    record Part(List<byte[]> objects, BooleanSupplier wanted, Runnable drained) {}

    Outbox(Channel channel, Subprotocol subprotocol) {
        this.channel = channel;
        this.subprotocol = subprotocol;
        this.flusher = Flusher.of(channel.eventLoop());
    }

    Subprotocol subprotocol() {
        return subprotocol;
    }

    /// What the network has not taken yet, in bytes.
    long pendingBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    void write(byte[] object) {
        writeFrames(subprotocol.encode(List.of(object), channel.alloc()));
    }

    /// @param frames whole frames; the outbox releases them
    void writeFrames(ByteBuf frames) {
        channel.write(frames, channel.voidPromise());
        if (!dirty) {
            dirty = true;
            flusher.flushSoon(this);
        }
    }

    /// Writes a part of a replay and goes on when the network has taken it all. Of the replays of one socket one part
    /// is on its way at a time, in turn; none after the connection has ended.
    void replay(Part part) {
        parts.add(part);
        writePart();
    }

    private void writePart() {
        while (!partUnderWay && !parts.isEmpty()) {
            var part = parts.removeFirst();
            if (part.wanted().getAsBoolean()) {
                partUnderWay = true;
                channel.writeAndFlush(subprotocol.encode(part.objects(), channel.alloc()))
                        .addListener(written -> {
                            if (written.isSuccess()) {
                                partUnderWay = false;
                                part.drained().run();
                                writePart();
                            }
                        });
            }
        }
    }

    /// Runs `close`, which writes the close frame behind all that waits, and cuts the connection a while later:
    /// a peer that reads nothing would keep it for ever.
    void closeAfter(Runnable close) {
        flush();
        close.run();
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void flush() {
        dirty = false;
        channel.flush();
    }

    ByteBuf encode(List<byte[]> objects) {
        return subprotocol.encode(objects, channel.alloc());
    }
}
