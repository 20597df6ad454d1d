package dev.parley.gateway.socket;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Flushes the sockets of one event loop once after all that was written in a turn: the flush, a system call,
/// is what a delivery costs. Thread: its event loop.
final class Flusher {

    private static final Map<EventLoop, Flusher> FLUSHERS = new ConcurrentHashMap<>();

    private final EventLoop loop;
    private List<Outbox> dirty = new ArrayList<>();

    private Flusher(EventLoop loop) {
        this.loop = loop;
    }

    static Flusher of(EventLoop loop) {
        return FLUSHERS.computeIfAbsent(loop, Flusher::new);
    }

    /// The tasks that are queued now run before the flush, and share it.
    void flushSoon(Outbox outbox) {
        if (dirty.isEmpty()) {
            loop.execute(this::flushAll);
        }
        dirty.add(outbox);
    }

    private void flushAll() {
        var now = dirty;
        dirty = new ArrayList<>();
        now.forEach(Outbox::flush);
    }
}
