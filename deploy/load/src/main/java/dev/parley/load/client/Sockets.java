package dev.parley.load.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/// Opens sockets, all on one event loop: the generator shares two cores with what it measures, and one owner needs no
/// locks. Thread-safe.
public final class Sockets implements AutoCloseable {

    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int MAX_HTTP_BYTES = 1 << 16;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final URI base;
    private final String subprotocol;

    /// @param base as `ws://localhost:8080`
    /// @param subprotocol `chat.v1` or `chat.v1.ndjson`
    public Sockets(URI base, String subprotocol) {
        this.base = base;
        this.subprotocol = subprotocol;
    }

    /// @return completes with `hello`
    public CompletableFuture<LoadSocket> open(String path, LoadSocket.Counts counts) {
        var uri = base.resolve(path);
        var socket = new LoadSocket(counts);
        var config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .version(WebSocketVersion.V13)
                .subprotocol(subprotocol)
                .generateOriginHeader(false)
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .dropPongFrames(true)
                .build();
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MAX_HTTP_BYTES))
                                .addLast(new WebSocketClientProtocolHandler(config))
                                .addLast(socket);
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        socket.opened().completeExceptionally(connecting.cause());
                    }
                });
        return socket.opened();
    }

    /// The thread of all sockets.
    public EventLoop loop() {
        return group.next();
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }
}
