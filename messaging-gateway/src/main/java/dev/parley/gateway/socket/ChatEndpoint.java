package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import io.netty.handler.codec.CodecException;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hands what happens on a connection to its [ChatSocket], the same on both URLs. Everything on its event loop, which
/// keeps the order: so the endpoints need no queue of their own (a kibibyte a socket), and are `CONCURRENT`.
abstract class ChatEndpoint {

    private static final Logger LOG = Logger.getLogger(ChatEndpoint.class);
    private static final UserData.TypedKey<ChatSocket> SOCKET = new UserData.TypedKey<>("socket");

    private final Sockets sockets;

    ChatEndpoint(Sockets sockets) {
        this.sockets = sockets;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        var socket = sockets.open(connection, connection.userData().get(Admission.KEY));
        connection.userData().put(SOCKET, socket);
        socket.open();
        sockets.closeIfTooLate(socket);
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection connection) {
        connection.userData().get(SOCKET).receive(message);
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer payload, WebSocketConnection connection) {
        connection.userData().get(SOCKET).pong(payload);
    }

    @OnClose
    @NonBlocking
    void closed(WebSocketConnection connection) {
        var socket = connection.userData().get(SOCKET);
        if (socket != null) {
            sockets.closed(socket);
        }
    }

    /// A network that breaks and a frame against RFC 6455 are no errors of ours; a handler that throws is.
    @OnError
    @NonBlocking
    void failed(WebSocketConnection connection, Throwable failure) {
        var socket = connection.userData().get(SOCKET);
        if (failure instanceof IOException || failure instanceof CodecException || failure instanceof VertxException) {
            LOG.debugf(
                    "connection broke connection=%s cause=%s",
                    id(socket), failure.getClass().getSimpleName());
            return;
        }
        LOG.errorf(failure, "socket failed connection=%s", id(socket));
        if (socket != null) {
            socket.close(CloseCode.INTERNAL_ERROR);
        }
    }

    /// As its client knows it; none before it is open.
    private static String id(@Nullable ChatSocket socket) {
        return socket == null ? "none" : socket.connectionId();
    }
}
