package dev.parley.gateway.socket;

import dev.parley.kit.account.EndedSessions;
import dev.parley.kit.account.SessionEnded;
import dev.parley.model.id.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open sockets of each session, so that the end of one is no search among all. Thread-safe.
@ApplicationScoped
class SocketsBySession {

    private final Map<SessionId, Set<ChatSocket>> sockets = new ConcurrentHashMap<>();
    private final EndedSessions endedSessions;

    SocketsBySession(EndedSessions endedSessions) {
        this.endedSessions = endedSessions;
    }

    void add(ChatSocket socket) {
        sockets.compute(socket.sessionId(), (session, open) -> {
            var all = open == null ? ConcurrentHashMap.<ChatSocket>newKeySet(1) : open;
            all.add(socket);
            return all;
        });
    }

    void remove(ChatSocket socket) {
        sockets.computeIfPresent(socket.sessionId(), (session, open) -> {
            open.remove(socket);
            return open.isEmpty() ? null : open;
        });
    }

    /// A socket whose session ended between its admission and its place here. Thread: the socket's event loop.
    void closeIfEnded(ChatSocket socket) {
        if (endedSessions.contains(socket.sessionId())) {
            socket.close(CloseCode.UNAUTHENTICATED);
        }
    }

    void end(@Observes SessionEnded ended) {
        sockets.getOrDefault(ended.sessionId(), Set.of())
                .forEach(socket -> socket.eventLoop().execute(() -> socket.close(CloseCode.UNAUTHENTICATED)));
    }
}
