package dev.parley.gateway.socket;

import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;

/// The open sockets of each user. Thread-safe; what is done to a socket is done on its event loop.
@ApplicationScoped
class SocketsByUser {

    private final SocketIndex<UserId> sockets = new SocketIndex<>();

    void add(ChatSocket socket) {
        sockets.add(socket.userId(), socket);
    }

    void remove(ChatSocket socket) {
        sockets.remove(socket.userId(), socket);
    }

    boolean isHere(UserId user) {
        return sockets.has(user);
    }

    List<ChatSocket> of(UserId user) {
        return sockets.of(user);
    }

    void withEach(UserId user, Consumer<ChatSocket> action) {
        sockets.withEach(user, action);
    }

    void withEach(Consumer<ChatSocket> action) {
        sockets.withEach(action);
    }
}
