package dev.parley.gateway.socket;

import dev.parley.kit.account.EndedSessions;
import dev.parley.kit.account.SessionEnded;
import dev.parley.model.id.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// The open sockets of each session, which end with it. Thread-safe.
@ApplicationScoped
class SocketsBySession {

    private final SocketIndex<SessionId> sockets = new SocketIndex<>();
    private final EndedSessions endedSessions;

    SocketsBySession(EndedSessions endedSessions) {
        this.endedSessions = endedSessions;
    }

    void add(ChatSocket socket) {
        sockets.add(socket.sessionId(), socket);
    }

    void remove(ChatSocket socket) {
        sockets.remove(socket.sessionId(), socket);
    }

    /// A socket whose session ended between its admission and its place here. Thread: the socket's event loop.
    void closeIfEnded(ChatSocket socket) {
        if (endedSessions.contains(socket.sessionId())) {
            socket.close(CloseCode.UNAUTHENTICATED);
        }
    }

    void end(@Observes SessionEnded ended) {
        sockets.withEach(ended.sessionId(), socket -> socket.close(CloseCode.UNAUTHENTICATED));
    }
}
