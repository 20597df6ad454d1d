package dev.parley.load.workload;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The floor: what the same network stack does when nobody logs in and nothing is stored. A message goes to every
/// socket of its path, one flush each, acked at once. Whatever Parley costs above it is what its promises cost.
///
/// A process of its own, so that its CPU time can be told from the generator's. Prints its port, and ends when its
/// standard input does.
public final class BareBroadcast {

    private static final int MAX_FRAME_BYTES = 1 << 16;
    private static final String ROOM = "0198c0de-0000-7000-8000-000000000000";

    /// By path. Thread: the one event loop.
    private final Map<String, Room> rooms = new HashMap<>();

    private static final class Room {
        private final List<Channel> members = new ArrayList<>();
        private long seq;
    }

    private BareBroadcast() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var floor = new BareBroadcast();
        try (var group = new NioEventLoopGroup(1)) {
            var server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(floor.new Initializer())
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            System.out.println(((InetSocketAddress) server.localAddress()).getPort());
            while (System.in.read() >= 0) {
                // until the generator ends
            }
        }
    }

    private final class Initializer extends ChannelInitializer<SocketChannel> {

        @Override
        protected void initChannel(SocketChannel channel) {
            var config = WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .subprotocols("chat.v1,chat.v1.ndjson")
                    .maxFramePayloadLength(MAX_FRAME_BYTES)
                    .build();
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_FRAME_BYTES))
                    .addLast(new WebSocketServerProtocolHandler(config))
                    .addLast(new Member());
        }
    }

    private final class Member extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private Room room = new Room();

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete complete) {
                room = rooms.computeIfAbsent(complete.requestUri(), path -> new Room());
                room.members.add(context.channel());
                context.writeAndFlush(new TextWebSocketFrame("{\"type\":\"hello\"}"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            var text = frame.text();
            var content = text.substring(text.indexOf('~'), text.lastIndexOf('"'));
            var due = content.substring(1, content.indexOf('~', 1));
            context.writeAndFlush(new TextWebSocketFrame("{\"type\":\"ack\",\"id\":\"" + due + "\"}"));
            ByteBuf event = Unpooled.unreleasableBuffer(
                    Unpooled.copiedBuffer(event(++room.seq, content), StandardCharsets.UTF_8));
            for (var member : room.members) {
                member.writeAndFlush(new TextWebSocketFrame(event.duplicate()));
            }
        }

        /// As long as Parley's own, so that the network carries the same.
        private static String event(long seq, String content) {
            return "{\"type\":\"message.created\",\"room_id\":\"" + ROOM + "\",\"seq\":" + seq
                    + ",\"timestamp\":\"2026-11-24T00:00:00.000Z\",\"actor_id\":\"" + ROOM + "\",\"message\":{\"id\":\""
                    + ROOM + "\",\"room_id\":\"" + ROOM + "\",\"seq\":" + seq + ",\"sender\":{\"id\":\"" + ROOM
                    + "\",\"username\":\"load-00000000-00\",\"display_name\":\"load-00000000-00\",\"deleted\":false},"
                    + "\"content\":\"" + content + "\",\"client_message_id\":\"0000000000000000000\",\"reply_to\":null,"
                    + "\"timestamp\":\"2026-11-24T00:00:00.000Z\",\"edited_at\":null,\"deleted_at\":null,\"reactions\":[]}}";
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            room.members.remove(context.channel());
        }
    }
}
