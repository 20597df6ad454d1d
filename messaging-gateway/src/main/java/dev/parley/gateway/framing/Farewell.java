package dev.parley.gateway.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/// The end of a connection whose close frame is written: takes what the client still sends and drops it, says once
/// that is over that nothing more comes, and closes when the client has, or after [#PATIENCE_MILLIS].
///
/// A connection closed with bytes unread is reset, and a reset takes the close frame away from a client that has not
/// read it yet: one that is still sending a message too large would never learn why.
///
/// Thread: the channel's event loop; first in its pipeline.
final class Farewell extends ChannelInboundHandlerAdapter {

    private static final long QUIET_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 5_000;

    private boolean heard;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        context.executor().schedule(() -> context.channel().close(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        lookAgain(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf) {
            heard = true;
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void lookAgain(ChannelHandlerContext context) {
        context.executor().schedule(() -> leave(context), QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void leave(ChannelHandlerContext context) {
        if (heard) {
            heard = false;
            lookAgain(context);
        } else if (context.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
        }
    }
}
