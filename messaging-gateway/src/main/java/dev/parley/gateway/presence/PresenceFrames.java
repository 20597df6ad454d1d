package dev.parley.gateway.presence;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Brings frames to watchers, encoded once for each event loop. Thread: presence's own; the watchers' on theirs.
final class PresenceFrames {

    private final FrameWriter writer;

    PresenceFrames(FrameWriter writer) {
        this.writer = writer;
    }

    void deliver(ServerFrame frame, Collection<Watcher> watchers, BiConsumer<Watcher, SharedBatch> delivery) {
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
