package dev.parley.gateway.socket;

import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The open sockets of each user. Thread-safe; what is done to a socket is done on its event loop.
@ApplicationScoped
class SocketsByUser {

    private final Map<UserId, List<ChatSocket>> sockets = new ConcurrentHashMap<>();

    void add(ChatSocket socket) {
        sockets.merge(socket.userId(), List.of(socket), SocketsByUser::joined);
    }

    void remove(ChatSocket socket) {
        sockets.computeIfPresent(socket.userId(), (_, open) -> without(open, socket));
    }

    boolean isHere(UserId user) {
        return sockets.containsKey(user);
    }

    /// Runs `action` for each socket of `user`, on that socket's event loop.
    void withEach(UserId user, Consumer<ChatSocket> action) {
        sockets.getOrDefault(user, List.of())
                .forEach(socket -> socket.eventLoop().execute(() -> action.accept(socket)));
    }

    /// Runs `action` for each socket, on that socket's event loop.
    void withEach(Consumer<ChatSocket> action) {
        sockets.keySet().forEach(user -> withEach(user, action));
    }

    private static List<ChatSocket> joined(List<ChatSocket> open, List<ChatSocket> added) {
        return Stream.concat(open.stream(), added.stream()).toList();
    }

    /// @return null when none is left, which takes the entry out
    private static @Nullable List<ChatSocket> without(List<ChatSocket> open, ChatSocket gone) {
        var left = open.stream().filter(socket -> socket != gone).toList();
        return left.isEmpty() ? null : left;
    }
}
