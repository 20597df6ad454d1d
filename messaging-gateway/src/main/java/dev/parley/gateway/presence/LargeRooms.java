package dev.parley.gateway.presence;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Executor;

/// Writes the followers of large rooms to Redis, counts them there and tells how many they are.
///
/// A room has one count under way at a time, and who comes meanwhile goes with the next, his own snapshot with it: what
/// Redis is sent grows with those who come, not with those who are there. What Redis does not answer is dropped; the
/// next refresh writes all followers again. Thread: presence's own.
final class LargeRooms {

    private static final int AT_ONCE = 4;

    private final Executor owner;
    private final PresenceStore store;
    private final PresenceFrames frames;

    /// Each room at most once.
    private final Deque<WatchedRoom> waiting = new ArrayDeque<>();

    private int underWay;

    LargeRooms(Executor owner, PresenceStore store, PresenceFrames frames) {
        this.owner = owner;
        this.store = store;
        this.frames = frames;
    }

    /// For those who await it.
    void snapshot(WatchedRoom room) {
        add(room);
    }

    void refresh(WatchedRoom room) {
        room.counting.withAllFollowers = true;
        add(room);
    }

    /// Tells the room its number when it is another.
    void count(WatchedRoom room) {
        room.counting.withNews = true;
        add(room);
    }

    private void add(WatchedRoom room) {
        var counting = room.counting;
        if (!counting.isDue) {
            counting.isDue = true;
            if (!counting.isUnderWay) {
                waiting.add(room);
                startWaiting();
            }
        }
    }

    private void startWaiting() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            var room = waiting.removeFirst();
            room.counting.isDue = false;
            if (isCounted(room)) {
                start(room);
            }
        }
    }

    private void start(WatchedRoom room) {
        var counting = room.counting;
        var awaiting = room.takeAwaiting();
        var written = WatchedRoom.users(counting.withAllFollowers ? room.watchers : awaiting);
        var withNews = counting.withNews;
        counting.isUnderWay = true;
        counting.withAllFollowers = false;
        counting.withNews = false;
        underWay++;
        if (!written.isEmpty()) {
            store.writeFollowers(room.id, written);
        }
        if (withNews) {
            store.sweepRoom(room.id);
        }
        store.countFollowers(room.id)
                .onComplete(answer -> owner.execute(() -> {
                    underWay--;
                    counting.isUnderWay = false;
                    if (answer.succeeded()) {
                        counted(room, awaiting, withNews, answer.result());
                    } else {
                        giveUp(room, awaiting);
                        giveUpWaiting();
                    }
                    if (counting.isDue) {
                        waiting.add(room);
                    }
                    startWaiting();
                }));
    }

    private void counted(WatchedRoom room, Set<Watcher> awaiting, boolean withNews, long count) {
        if (!isCounted(room)) {
            return;
        }
        var counting = room.counting;
        frames.numbered(room, awaiting, count);
        if (withNews && count != counting.told) {
            counting.told = count;
            frames.number(room, count);
        } else if (!awaiting.isEmpty() && count != counting.told) {
            counting.told = -1;
        }
    }

    /// They need not wait for Redis one after the other to learn that it is away.
    private void giveUpWaiting() {
        waiting.forEach(room -> {
            room.counting.isDue = false;
            if (isCounted(room)) {
                giveUp(room, room.takeAwaiting());
            }
        });
        waiting.clear();
    }

    private void giveUp(WatchedRoom room, Collection<Watcher> awaiting) {
        if (isCounted(room)) {
            frames.unknown(room, awaiting);
            room.counting.told = -1;
        }
    }

    /// Rooms change while they wait, and end.
    private static boolean isCounted(WatchedRoom room) {
        return room.kind == WatchedRoom.Kind.LARGE && !room.watchers.isEmpty();
    }
}
