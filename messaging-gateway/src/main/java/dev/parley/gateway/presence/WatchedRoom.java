package dev.parley.gateway.presence;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
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

    /// Those of the watchers who have had no snapshot.
    final Set<Watcher> awaiting = new HashSet<>();

    Kind kind = Kind.UNKNOWN;
    Set<UserId> participants = Set.of();
    boolean loading;

    /// Somebody had a snapshot that says that it is not known.
    boolean toldUnknown;

    /// The event up to which the participants are known.
    long lastSeq;

    /// Participants changed after what is known, or was being asked.
    long staleSeq;

    long lastCount = -1;

    WatchedRoom(RoomId id) {
        this.id = id;
    }

    Set<UserId> followers() {
        return watchers.stream().map(Watcher::userId).collect(Collectors.toSet());
    }
}
