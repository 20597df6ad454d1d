package dev.parley.gateway.socket;

import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/// Pings that find out when a client has seen what was written to it so far: its pong comes after all that it sent
/// before it read the ping. A pong answers the pings before it as well (RFC 6455 §5.5.3), so each ping, those of the
/// heartbeat too, carries how many probes there were.
/// Thread: the socket's event loop.
final class Probes {

    private record Probe(long number, Runnable answered) {}

    private final WebSocketConnection connection;
    private final Deque<Probe> unanswered = new ArrayDeque<>(1);
    private long sent;

    Probes(WebSocketConnection connection) {
        this.connection = connection;
    }

    void send(Runnable answered) {
        unanswered.add(new Probe(++sent, answered));
        ping();
    }

    void ping() {
        connection.sendPing(Buffer.buffer().appendLong(sent)).subscribe().with(done -> {}, failure -> {});
    }

    void pong(Buffer payload) {
        if (payload.length() != Long.BYTES) {
            return;
        }
        var number = payload.getLong(0);
        while (!unanswered.isEmpty() && unanswered.getFirst().number() <= number) {
            unanswered.removeFirst().answered().run();
        }
    }
}
