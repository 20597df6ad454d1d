package dev.parley.gateway.socket;

import dev.parley.gateway.feed.FeedEnd;
import dev.parley.gateway.feed.Resume;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.presence.Presence;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Standing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rooms that a socket follows. Only a few of them read the past at a time, since each keeps a page of the log at
/// hand; the others wait for their turn.
/// Thread: the socket's event loop.
final class Subscriptions {

    private static final int READING_AT_ONCE = 8;

    private final ChatSocket socket;
    private final RoomFeeds feeds;
    private final Presence presence;
    private final SocketWatcher watcher;
    private final Map<RoomId, RoomReader> readers = new HashMap<>(2);
    private final Deque<RoomReader> waiting = new ArrayDeque<>(1);
    private final Set<RoomReader> reading = new HashSet<>(2);

    Subscriptions(ChatSocket socket, RoomFeeds feeds, Presence presence) {
        this.socket = socket;
        this.feeds = feeds;
        this.watcher = new SocketWatcher(socket, this);
        this.presence = presence;
    }

    /// Follows the room from where the client left off. Its feed follows the relay since before `standing` was
    /// asked for.
    void add(RoomId room, Standing standing, @Nullable Resume resume) {
        var reader = new RoomReader(socket, this, room, standing, resume);
        readers.put(room, reader);
        waiting.add(reader);
    }

    /// The room's live events come from now on, and so does presence.
    void isLive(RoomId room) {
        presence.watch(room, watcher);
    }

    void isLiveNoMore(RoomId room) {
        presence.unwatch(room, watcher);
    }

    boolean has(RoomId room) {
        return readers.containsKey(room);
    }

    int size() {
        return readers.size();
    }

    /// Nothing of the room is written after it.
    void remove(RoomId room) {
        var reader = readers.remove(room);
        if (reader != null) {
            reader.end();
            waiting.remove(reader);
            startWaiting();
        }
    }

    /// Somebody says that the log has news the relay may not have brought.
    void checkLog(RoomId room) {
        feeds.follow(room).checkLog();
    }

    /// Lets those who wait read as far as there is room for them. A feed that was dropped meanwhile is followed anew:
    /// its readers get from the log what it did not see.
    void startWaiting() {
        reading.removeIf(RoomReader::isDoneReading);
        while (reading.size() < READING_AT_ONCE && !waiting.isEmpty()) {
            var next = waiting.removeFirst();
            if (!next.isDoneReading()) {
                reading.add(next);
                next.start(feeds.follow(next.roomId()));
            }
        }
    }

    /// The log of the room cannot be read on.
    void ended(RoomReader reader, FeedEnd cause) {
        readers.remove(reader.roomId(), reader);
        socket.roomEnded(reader.roomId(), cause);
        startWaiting();
    }

    void endAll() {
        waiting.clear();
        List.copyOf(readers.values()).forEach(RoomReader::end);
        readers.clear();
        reading.clear();
    }
}
