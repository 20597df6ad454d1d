package dev.parley.gateway.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.Consumer;

/// Stands between Netty's frame decoder and Vert.x, and ends connections whose frames are against RFC 6455 or larger
/// than we take, with the close code that says which. Vert.x alone would end them without one, put U+FFFD in place of
/// what is not UTF-8, and gather a message of any number of fragments.
///
/// The decoder finds what is wrong in a frame's head (before its payload is read) and throws; the guard finds what
/// is wrong in a message. Either way the close frame is the last thing that is written, nothing that still comes is
/// looked at, and nothing is logged: it is the client's mistake.
///
/// Thread: the channel's event loop.
final class FrameGuard extends ChannelDuplexHandler {

    static final String NAME = "frame-guard";

    private final int maxMessageBytes;
    private final Consumer<WebSocketCloseStatus> violations;
    private final Utf8Check text = new Utf8Check();
    private long messageBytes;

    /// Vert.x has a part of the message.
    private boolean begun;

    /// Nothing more is taken from the client.
    private boolean ending;

    /// Our close frame is written.
    private boolean closed;

    /// @param violations told once for each connection that ends here
    FrameGuard(int maxMessageBytes, Consumer<WebSocketCloseStatus> violations) {
        this.maxMessageBytes = maxMessageBytes;
        this.violations = violations;
    }

    /// The end of a connection, by the client's close frame or by us, waits a turn: what came before it is with its
    /// handlers by then, and answered.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ending) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof CloseWebSocketFrame) {
            ending = true;
            // Vert.x writes out what it answers when it is told that the reading is over.
            context.executor().execute(() -> context.fireChannelRead(message).fireChannelReadComplete());
        } else if (message instanceof WebSocketFrame frame) {
            violationOf(frame).ifPresentOrElse(status -> refuse(context, frame, status), () -> pass(context, frame));
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof CorruptedWebSocketFrameException corrupted)) {
            context.fireExceptionCaught(cause);
        } else if (!ending) {
            end(context, corrupted.closeStatus());
        }
    }

    /// Nothing follows our close frame (RFC 6455 §5.5.1).
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (closed) {
            ReferenceCountUtil.release(message);
            if (!promise.isVoid()) {
                promise.tryFailure(new ClosedChannelException());
            }
        } else {
            context.write(message, promise);
        }
    }

    private void refuse(ChannelHandlerContext context, WebSocketFrame frame, WebSocketCloseStatus status) {
        frame.release();
        end(context, status);
    }

    /// Vert.x loses a message that begins with an empty fragment: one is left out, and the next is the message's first.
    private void pass(ChannelHandlerContext context, WebSocketFrame frame) {
        if (!isOfText(frame)) {
            context.fireChannelRead(frame);
        } else if (!frame.isFinalFragment() && !frame.content().isReadable()) {
            frame.release();
        } else {
            context.fireChannelRead(
                    begun ? frame : new TextWebSocketFrame(frame.isFinalFragment(), 0, frame.content()));
            begun = !frame.isFinalFragment();
        }
    }

    private Optional<WebSocketCloseStatus> violationOf(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            return Optional.of(WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
        }
        return isOfText(frame) ? violationOfText(frame.content(), frame.isFinalFragment()) : Optional.empty();
    }

    private static boolean isOfText(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame;
    }

    /// A continuation is always one of a text: a binary message ends with its first frame.
    private Optional<WebSocketCloseStatus> violationOfText(ByteBuf bytes, boolean isLast) {
        messageBytes += bytes.readableBytes();
        if (messageBytes > maxMessageBytes) {
            return Optional.of(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        }
        if (!text.accepts(bytes) || (isLast && !text.isComplete())) {
            return Optional.of(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
        }
        if (isLast) {
            messageBytes = 0;
        }
        return Optional.empty();
    }

    private void end(ChannelHandlerContext context, WebSocketCloseStatus status) {
        ending = true;
        violations.accept(status);
        context.pipeline().addFirst(new Farewell());
        context.executor().execute(() -> {
            context.writeAndFlush(new CloseWebSocketFrame(status));
            closed = true;
        });
    }
}
