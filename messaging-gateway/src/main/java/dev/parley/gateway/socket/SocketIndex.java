package dev.parley.gateway.socket;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The open sockets by user and by session. Thread-safe; what is done to a socket is done on its event loop.
@ApplicationScoped
public class SocketIndex {

    private final Map<UserId, List<ChatSocket>> byUser = new ConcurrentHashMap<>();
    private final Map<SessionId, List<ChatSocket>> bySession = new ConcurrentHashMap<>();

    void add(ChatSocket socket) {
        byUser.merge(socket.userId(), List.of(socket), SocketIndex::joined);
        bySession.merge(socket.sessionId(), List.of(socket), SocketIndex::joined);
    }

    void remove(ChatSocket socket) {
        byUser.computeIfPresent(socket.userId(), (_, sockets) -> without(sockets, socket));
        bySession.computeIfPresent(socket.sessionId(), (_, sockets) -> without(sockets, socket));
    }

    /// The session has ended before its tokens: its sockets close with 4401. Harmless when repeated.
    public void endSession(SessionId session) {
        bySession
                .getOrDefault(session, List.of())
                .forEach(socket -> socket.eventLoop().execute(() -> socket.close(CloseCode.UNAUTHENTICATED)));
    }

    /// Runs `action` for each socket of `user`, on that socket's event loop.
    void withEach(UserId user, Consumer<ChatSocket> action) {
        byUser.getOrDefault(user, List.of())
                .forEach(socket -> socket.eventLoop().execute(() -> action.accept(socket)));
    }

    /// Runs `action` for each socket, on that socket's event loop.
    void withEach(Consumer<ChatSocket> action) {
        byUser.keySet().forEach(user -> withEach(user, action));
    }

    private static List<ChatSocket> joined(List<ChatSocket> known, List<ChatSocket> added) {
        return Stream.concat(known.stream(), added.stream()).toList();
    }

    /// @return null when none is left, which takes the entry out
    private static @Nullable List<ChatSocket> without(List<ChatSocket> sockets, ChatSocket gone) {
        var left = sockets.stream().filter(socket -> socket != gone).toList();
        return left.isEmpty() ? null : left;
    }
}
