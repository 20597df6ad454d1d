package dev.parley.load.client;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One client's socket on the URL of one room. It checks that events come in `seq` order, each once, none missing.
///
/// Thread: its event loop, unless a method says otherwise.
public final class LoadSocket extends SimpleChannelInboundHandler<TextWebSocketFrame> implements FrameScanner.Sink {

    private static final AttributeKey<Boolean> CLOSING = AttributeKey.valueOf("parley.load.closing");

    private final Counts counts;
    private final CompletableFuture<LoadSocket> opened = new CompletableFuture<>();
    private @Nullable Channel channel;
    private long lastSeq;

    /// What all sockets of a run count together. Histograms are written by the one event loop that all sockets share.
    public static final class Counts {

        /// Messages sent.
        public final AtomicLong sent = new AtomicLong();

        /// Acks, from the moment when the message was due, in nanoseconds. Thread: the event loop.
        public final Histogram acks = new Histogram(3);

        /// Deliveries of `message.created`, the sender's own included, likewise.
        public final Histogram deliveries = new Histogram(3);

        /// Acks and deliveries of any time, to see whether more comes. Thread: the event loop.
        public long received;

        /// Deliveries that came within the measured time, whenever they were due: what its CPU time was spent on.
        /// Thread: the event loop.
        public long deliveredMeanwhile;

        /// Events out of order, repeated or missing; error frames; sockets that ended.
        public final AtomicLong faults = new AtomicLong();

        /// Messages that are due before this are not measured: the system warms up.
        public volatile long measureFromNanos = Long.MAX_VALUE;

        /// Messages that are due after this are not measured.
        public volatile long measureToNanos = Long.MAX_VALUE;

        boolean measures(long nanos) {
            return nanos >= measureFromNanos && nanos < measureToNanos;
        }
    }

    LoadSocket(Counts counts) {
        this.counts = counts;
    }

    /// Sends one message that was due at a time. Flushed by [#flush].
    public void send(long dueNanos, int length) {
        if (channel == null) {
            throw new IllegalStateException("not open");
        }
        // The id is the due time, and so is unique within the sender as long as nobody has two messages due at once.
        var text = "{\"type\":\"message.send\",\"id\":\"" + dueNanos + "\",\"client_message_id\":\"" + dueNanos
                + "\",\"content\":\"" + Payload.content(dueNanos, length) + "\"}";
        channel.write(new TextWebSocketFrame(ByteBufUtil.writeUtf8(channel.alloc(), text)));
        counts.sent.incrementAndGet();
    }

    public void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    /// Closes with 1000. Any thread.
    public void close() {
        if (channel != null) {
            channel.attr(CLOSING).set(true);
            channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
        }
    }

    /// Completes with `hello`, or with the failure of the upgrade. Any thread.
    CompletableFuture<LoadSocket> opened() {
        return opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        FrameScanner.scan(frame.content(), this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!opened.completeExceptionally(new IllegalStateException("the upgrade was refused"))
                && !Boolean.TRUE.equals(context.channel().attr(CLOSING).get())) {
            counts.faults.incrementAndGet();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        opened.completeExceptionally(failure);
        context.close();
    }

    @Override
    public void hello() {
        opened.complete(this);
    }

    @Override
    public void message(long seq, long dueNanos) {
        if (lastSeq != 0 && seq != lastSeq + 1) {
            counts.faults.incrementAndGet();
        }
        lastSeq = seq;
        var now = System.nanoTime();
        counts.received++;
        if (counts.measures(now)) {
            counts.deliveredMeanwhile++;
        }
        if (counts.measures(dueNanos)) {
            counts.deliveries.recordValue(Math.max(0, now - dueNanos));
        }
    }

    @Override
    public void ack(long dueNanos) {
        counts.received++;
        if (counts.measures(dueNanos)) {
            counts.acks.recordValue(Math.max(0, System.nanoTime() - dueNanos));
        }
    }

    @Override
    public void failure() {
        counts.faults.incrementAndGet();
    }
}
