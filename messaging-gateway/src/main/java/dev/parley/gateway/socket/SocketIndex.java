package dev.parley.gateway.socket;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The open sockets under something that few of them share, so that finding those is no search among all.
/// A key costs one short list: most have one socket. Thread-safe; what is done to a socket is done on its event loop.
final class SocketIndex<K> {

    private final Map<K, List<ChatSocket>> sockets = new ConcurrentHashMap<>();

    void add(K key, ChatSocket socket) {
        sockets.merge(key, List.of(socket), SocketIndex::joined);
    }

    void remove(K key, ChatSocket socket) {
        sockets.computeIfPresent(key, (_, open) -> without(open, socket));
    }

    boolean has(K key) {
        return sockets.containsKey(key);
    }

    List<ChatSocket> of(K key) {
        return sockets.getOrDefault(key, List.of());
    }

    /// Runs `action` for each socket under `key`, on that socket's event loop.
    void withEach(K key, Consumer<ChatSocket> action) {
        of(key).forEach(socket -> socket.eventLoop().execute(() -> action.accept(socket)));
    }

    /// Runs `action` for each socket, on that socket's event loop.
    void withEach(Consumer<ChatSocket> action) {
        sockets.keySet().forEach(key -> withEach(key, action));
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
