package dev.parley.gateway.presence;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// What watchers are told, encoded once for each event loop. Thread: presence's own; the watchers' on theirs.
final class PresenceFrames {

    private final FrameWriter writer;
    private final Counter updates;

    PresenceFrames(FrameWriter writer, MeterRegistry registry) {
        this.writer = writer;
        this.updates = Counter.builder("parley.presence.updates")
                .description("Users that came or went, as told here")
                .register(registry);
    }

    /// Each socket hears it once, however many rooms it shares with the user.
    void updated(WatchedUser user) {
        updates.increment();
        var watchers = Collections.<Watcher>newSetFromMap(new IdentityHashMap<>());
        user.rooms.forEach(room -> watchers.addAll(room.watchers));
        var status = user.isOnline() ? "online" : "offline";
        deliver(new ServerFrame.PresenceUpdated(user.id(), status, user.lastActiveAt()), watchers, Watcher::presence);
    }

    void listed(WatchedRoom room, Collection<Watcher> watchers, List<UserId> online) {
        ofRoom(room, watchers, new ServerFrame.PresenceSnapshot(room.id, online, online.size()));
    }

    void unknown(WatchedRoom room, Collection<Watcher> watchers) {
        numbered(room, watchers, 0);
    }

    void numbered(WatchedRoom room, Collection<Watcher> watchers, long online) {
        ofRoom(room, watchers, new ServerFrame.PresenceSnapshot(room.id, null, online));
    }

    void number(WatchedRoom room, long online) {
        ofRoom(room, room.watchers, new ServerFrame.PresenceCount(room.id, online));
    }

    private void ofRoom(WatchedRoom room, Collection<Watcher> watchers, ServerFrame frame) {
        deliver(frame, watchers, (watcher, batch) -> watcher.presence(room.id, batch));
    }

    private void deliver(ServerFrame frame, Collection<Watcher> watchers, BiConsumer<Watcher, SharedBatch> delivery) {
        if (watchers.isEmpty()) {
            return;
        }
        var json = List.of(writer.write(frame));
        watchers.stream()
                .collect(Collectors.groupingBy(Watcher::eventLoop))
                .forEach((loop, here) -> loop.execute(() ->
                        SharedBatch.deliver(json, batch -> here.forEach(watcher -> delivery.accept(watcher, batch)))));
    }
}
