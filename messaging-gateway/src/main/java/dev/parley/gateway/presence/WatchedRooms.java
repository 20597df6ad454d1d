package dev.parley.gateway.presence;

import dev.parley.gateway.roomservice.CallGate;
import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Participants;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

/// The rooms that sockets here follow, and who is in them, as the room service says. Thread: presence's own.
final class WatchedRooms {

    private static final int QUESTIONS_WAITING = 1_000;
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(30);

    private final Executor owner;
    private final WatchedUsers users;
    private final LargeRooms largeRooms;
    private final RoomServiceClient roomService;
    private final CallGate gate;
    private final PresenceFrames frames;
    private final int listedParticipants;
    private final Map<RoomId, WatchedRoom> rooms = new HashMap<>();

    WatchedRooms(
            Executor owner,
            WatchedUsers users,
            LargeRooms largeRooms,
            RoomServiceClient roomService,
            PresenceFrames frames,
            PresenceConfig config) {
        this.owner = owner;
        this.users = users;
        this.largeRooms = largeRooms;
        this.roomService = roomService;
        this.frames = frames;
        this.listedParticipants = config.listedParticipants();
        this.gate = new CallGate(config.participantsAtOnce(), QUESTIONS_WAITING, QUESTION_PATIENCE);
    }

    void watch(RoomId id, Watcher watcher) {
        var room = rooms.computeIfAbsent(id, WatchedRoom::new);
        room.add(watcher);
        if (room.kind == WatchedRoom.Kind.UNKNOWN) {
            load(room);
        } else {
            snapshot(room);
        }
    }

    void unwatch(RoomId id, Watcher watcher) {
        var room = rooms.get(id);
        if (room != null) {
            room.remove(watcher);
            if (room.watchers.isEmpty()) {
                rooms.remove(id);
                users.leave(room, room.participants);
            }
        }
    }

    /// @param seq the event that changed them
    void participantsChanged(RoomId id, long seq) {
        var room = rooms.get(id);
        if (room != null && seq > room.lastSeq) {
            room.staleSeq = Math.max(room.staleSeq, seq);
            load(room);
        }
    }

    /// Reads all watched users, tells what changed, and asks for the rooms that were not answered.
    void read(boolean redisAnswers) {
        rooms.values().stream()
                .filter(room -> room.isStale() && !room.loading)
                .limit(QUESTIONS_WAITING / 2)
                .toList()
                .forEach(this::load);
        users.readAll(redisAnswers, this::makeGood);
    }

    /// It is known again: those who were told that it is not hear how it is.
    private void makeGood() {
        for (var room : rooms.values()) {
            if (room.toldUnknown && isKnown(room)) {
                room.allAwait();
                snapshot(room);
            }
        }
    }

    /// Writes the followers of large rooms again, and loads rooms for which there was no room.
    void refresh() {
        of(WatchedRoom.Kind.LARGE).forEach(largeRooms::refresh);
        of(WatchedRoom.Kind.UNWATCHED).stream()
                .filter(room -> users.haveRoomFor(room.usersMissing))
                .limit(QUESTIONS_WAITING / 2)
                .forEach(this::load);
    }

    void count() {
        of(WatchedRoom.Kind.LARGE).forEach(largeRooms::count);
    }

    private List<WatchedRoom> of(WatchedRoom.Kind kind) {
        return rooms.values().stream().filter(room -> room.kind == kind).toList();
    }

    private void load(WatchedRoom room) {
        if (!room.loading) {
            room.loading = true;
            gate.call(() -> roomService.participants(room.id, listedParticipants))
                    .whenComplete((participants, failure) -> owner.execute(() -> {
                        room.loading = false;
                        if (rooms.get(room.id) != room) {
                            return;
                        }
                        if (failure == null) {
                            loaded(room, participants);
                        } else {
                            notLoaded(room);
                        }
                    }));
        }
    }

    /// A room that is gone ends its subscriptions by itself; what did not answer is asked again with the next read.
    private void notLoaded(WatchedRoom room) {
        if (room.kind == WatchedRoom.Kind.UNKNOWN) {
            snapshot(room);
        }
    }

    private void loaded(WatchedRoom room, Participants found) {
        var before = room.kind;
        room.lastSeq = found.lastSeq();
        var isLarge = found.count() > listedParticipants;
        var now = isLarge ? Set.<UserId>of() : Set.copyOf(found.userIds());
        var come = without(now, room.participants);
        users.leave(room, without(room.participants, now));
        room.usersMissing = users.missing(come);
        if (users.haveRoomFor(room.usersMissing)) {
            users.enter(room, come);
            room.participants = users.shared(now);
            room.kind = isLarge ? WatchedRoom.Kind.LARGE : WatchedRoom.Kind.LISTED;
        } else {
            users.leave(room, room.participants);
            room.participants = Set.of();
            room.kind = WatchedRoom.Kind.UNWATCHED;
        }
        if (room.kind != before) {
            room.allAwait();
        }
        if (room.kind == WatchedRoom.Kind.LISTED) {
            readNew(room, come, before == WatchedRoom.Kind.LISTED);
        } else if (room.isAwaited()) {
            snapshot(room);
        }
        if (room.isStale()) {
            load(room);
        }
    }

    /// @param tell whether those who follow the room know all the others already
    private void readNew(WatchedRoom room, Collection<UserId> come, boolean tell) {
        room.reading++;
        users.read(come, () -> {
            room.reading--;
            if (tell) {
                come.stream()
                        .map(users::get)
                        .filter(Objects::nonNull)
                        .filter(WatchedUser::isOnline)
                        .forEach(frames::updated);
            }
            if (room.isAwaited()) {
                snapshot(room);
            }
        });
    }

    private static Set<UserId> without(Set<UserId> some, Set<UserId> others) {
        var rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void snapshot(WatchedRoom room) {
        switch (room.kind) {
            case LARGE -> largeRooms.snapshot(room);
            case LISTED -> {
                if (room.reading == 0) {
                    listed(room);
                }
            }
            case UNKNOWN, UNWATCHED -> frames.unknown(room, room.takeAwaiting());
        }
    }

    private boolean isKnown(WatchedRoom room) {
        return room.kind == WatchedRoom.Kind.LISTED && users.areKnown(room.participants);
    }

    private void listed(WatchedRoom room) {
        room.toldUnknown = !isKnown(room);
        if (room.toldUnknown) {
            frames.unknown(room, room.takeAwaiting());
        } else {
            frames.listed(room, room.takeAwaiting(), users.online(room.participants));
        }
    }
}
