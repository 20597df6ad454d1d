package dev.parley.gateway.presence;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// A room that somebody here follows. Thread: presence's own.
final class WatchedRoom {

    /// What is known of its participants.
    enum Kind {
        /// Nothing yet.
        UNKNOWN,
        /// Few enough to be told one by one.
        LISTED,
        /// Only counted.
        LARGE,
        /// This gateway watches as many users as it may.
        UNWATCHED
    }

    final RoomId id;
    final Set<Watcher> watchers = new HashSet<>();

    Kind kind = Kind.UNKNOWN;
    Set<UserId> participants = Set.of();
    boolean loading;

    /// Questions to Redis about new participants that are under way: who awaits a snapshot waits for them.
    int reading;

    /// Somebody had a snapshot that says that it is not known.
    boolean toldUnknown;

    /// The event up to which the participants are known.
    long lastSeq;

    /// Participants changed after what is known, or was being asked.
    long staleSeq;

    /// Of an unwatched room: how many more users would have to be watched for it.
    int usersMissing;

    /// How the room stands with those who count large rooms.
    final Counting counting = new Counting();

    static final class Counting {
        boolean isUnderWay;

        /// Once more, after what is under way.
        boolean isDue;

        /// With all followers written again, not only those who came.
        boolean withAllFollowers;

        /// And told to all when it is another.
        boolean withNews;

        /// What all were told; -1 when they were not all told the same.
        long told = -1;
    }

    /// Those of the watchers who are to have a snapshot.
    private Set<Watcher> awaiting = new HashSet<>();

    WatchedRoom(RoomId id) {
        this.id = id;
    }

    void add(Watcher watcher) {
        watchers.add(watcher);
        awaiting.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
        awaiting.remove(watcher);
    }

    void allAwait() {
        awaiting.addAll(watchers);
    }

    /// The set is a new one each time: one that had ten thousand in it would stay as large.
    Set<Watcher> takeAwaiting() {
        if (awaiting.isEmpty()) {
            return Set.of();
        }
        var taken = awaiting;
        awaiting = new HashSet<>();
        return taken;
    }

    boolean isAwaited() {
        return !awaiting.isEmpty();
    }

    boolean isStale() {
        return kind == Kind.UNKNOWN || staleSeq > lastSeq;
    }

    static Set<UserId> users(Collection<Watcher> watchers) {
        return watchers.stream().map(Watcher::userId).collect(Collectors.toSet());
    }
}
