package dev.parley.gateway.presence;

import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.roomservice.CallGate;
import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Participants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The rooms that sockets here follow, the users in them, and what is told of both. Thread: presence's own.
final class WatchedRooms {

    private final Executor owner;
    private final PresenceStore store;
    private final LocalUsers local;
    private static final int QUESTIONS_WAITING = 1_000;
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(30);

    private final RoomServiceClient roomService;
    private final CallGate gate;
    private final PresenceFrames frames;
    private final PresenceConfig config;
    private final Counter updates;
    private final Map<RoomId, WatchedRoom> rooms = new HashMap<>();
    private final Map<UserId, WatchedUser> users = new HashMap<>();
    private boolean redisAnswers;
    private boolean reading;

    WatchedRooms(
            Executor owner,
            PresenceStore store,
            LocalUsers local,
            RoomServiceClient roomService,
            PresenceFrames frames,
            PresenceConfig config,
            MeterRegistry registry) {
        this.owner = owner;
        this.store = store;
        this.local = local;
        this.roomService = roomService;
        this.frames = frames;
        this.config = config;
        this.gate = new CallGate(config.participantsAtOnce(), QUESTIONS_WAITING, QUESTION_PATIENCE);
        this.updates = Counter.builder("parley.presence.updates")
                .description("Users that came or went, as told here")
                .register(registry);
        Gauge.builder("parley.presence.watched", users, Map::size)
                .description("Users watched by sockets here")
                .register(registry);
    }

    void watch(RoomId id, Watcher watcher) {
        var room = rooms.computeIfAbsent(id, WatchedRoom::new);
        room.watchers.add(watcher);
        room.awaiting.add(watcher);
        if (room.kind == WatchedRoom.Kind.UNKNOWN) {
            load(room);
        } else {
            snapshot(room);
        }
    }

    void unwatch(RoomId id, Watcher watcher) {
        var room = rooms.get(id);
        if (room != null) {
            room.watchers.remove(watcher);
            room.awaiting.remove(watcher);
            if (room.watchers.isEmpty()) {
                rooms.remove(id);
                leave(room, room.participants);
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

    /// Somebody has a socket here: no need to wait for Redis to say so.
    void userCame(UserId id) {
        var user = users.get(id);
        if (user != null && user.learn(new Seen(true, store.now()), store.now(), Duration.ZERO)) {
            tell(id, user);
        }
    }

    /// Reads all watched users, and tells what changed.
    void read(boolean redisAnswers) {
        this.redisAnswers = redisAnswers;
        rooms.values().stream()
                .filter(room -> room.kind == WatchedRoom.Kind.UNKNOWN && !room.loading)
                .limit(QUESTIONS_WAITING / 2)
                .toList()
                .forEach(this::load);
        if (redisAnswers && !reading && !users.isEmpty()) {
            reading = true;
            read(Set.copyOf(users.keySet()), () -> {
                reading = false;
                makeGood();
            });
        }
    }

    /// It is known again: those who were told that it is not hear how it is.
    private void makeGood() {
        for (var room : rooms.values()) {
            if (room.toldUnknown && isKnown(room)) {
                room.awaiting.addAll(room.watchers);
                snapshot(room);
            }
        }
    }

    void writeFollowers() {
        large().forEach(room -> store.writeFollowers(room.id, room.followers()));
    }

    /// Tells large rooms their number when it is another.
    void count() {
        for (var room : large()) {
            store.sweepRoom(room.id);
            store.countFollowers(room.id)
                    .onSuccess(count -> owner.execute(() -> {
                        if (count != room.lastCount) {
                            room.lastCount = count;
                            var frame = new ServerFrame.PresenceCount(room.id, count);
                            frames.deliver(frame, room.watchers, (watcher, batch) -> watcher.presence(room.id, batch));
                        }
                    }));
        }
    }

    private List<WatchedRoom> large() {
        return rooms.values().stream()
                .filter(room -> room.kind == WatchedRoom.Kind.LARGE)
                .toList();
    }

    private void read(Collection<UserId> some, Runnable then) {
        if (some.isEmpty()) {
            then.run();
            return;
        }
        store.read(some)
                .onComplete(answer -> owner.execute(() -> {
                    redisAnswers = answer.succeeded();
                    if (answer.succeeded()) {
                        some.forEach(id -> learn(id, answer.result()));
                    }
                    then.run();
                }));
    }

    private void learn(UserId id, Map<UserId, Seen> seen) {
        var user = users.get(id);
        if (user == null) {
            return;
        }
        var now = store.now();
        var present = local.isHere(id) ? new Seen(true, now) : seen.get(id);
        if (user.learn(present, now, config.refreshInterval().multipliedBy(2))) {
            tell(id, user);
        }
    }

    /// Each socket hears it once, however many rooms it shares with the user.
    private void tell(UserId id, WatchedUser user) {
        updates.increment();
        var watchers = Collections.<Watcher>newSetFromMap(new IdentityHashMap<>());
        user.rooms.forEach(room -> watchers.addAll(room.watchers));
        frames.deliver(
                new ServerFrame.PresenceUpdated(id, user.isOnline() ? "online" : "offline", user.lastActiveAt()),
                watchers,
                Watcher::presence);
    }

    private void load(WatchedRoom room) {
        if (!room.loading) {
            room.loading = true;
            gate.call(() -> roomService.participants(room.id, config.listedParticipants()))
                    .whenComplete((participants, failure) -> owner.execute(() -> {
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
        room.loading = false;
        if (room.kind == WatchedRoom.Kind.UNKNOWN) {
            snapshot(room);
        }
    }

    private void loaded(WatchedRoom room, Participants found) {
        room.loading = false;
        if (rooms.get(room.id) != room) {
            return;
        }
        var isFirst = room.kind == WatchedRoom.Kind.UNKNOWN;
        if (isFirst) {
            room.awaiting.addAll(room.watchers);
        }
        room.lastSeq = found.lastSeq();
        var isLarge = found.count() > config.listedParticipants();
        var now = isLarge ? Set.<UserId>of() : Set.copyOf(found.userIds());
        var come = new HashSet<>(now);
        come.removeAll(room.participants);
        var gone = new HashSet<>(room.participants);
        gone.removeAll(now);
        leave(room, gone);
        if (users.size() + come.size() > config.watchedUsers()) {
            leave(room, room.participants);
            room.participants = Set.of();
            room.kind = WatchedRoom.Kind.UNWATCHED;
            snapshot(room);
            return;
        }
        room.participants = now;
        room.kind = isLarge ? WatchedRoom.Kind.LARGE : WatchedRoom.Kind.LISTED;
        come.forEach(
                id -> users.computeIfAbsent(id, _ -> new WatchedUser()).rooms.add(room));
        read(come, () -> {
            if (!isFirst) {
                come.forEach(this::tellIfOnline);
            }
            snapshot(room);
        });
        if (room.staleSeq > room.lastSeq) {
            load(room);
        }
    }

    /// Somebody came into the room: those who had their snapshot before hear of him.
    private void tellIfOnline(UserId id) {
        var user = users.get(id);
        if (user != null && user.isOnline()) {
            tell(id, user);
        }
    }

    private void leave(WatchedRoom room, Set<UserId> gone) {
        gone.forEach(id -> users.computeIfPresent(id, (_, user) -> {
            user.rooms.remove(room);
            return user.rooms.isEmpty() ? null : user;
        }));
    }

    private void snapshot(WatchedRoom room) {
        switch (room.kind) {
            case LARGE -> {
                store.writeFollowers(room.id, room.followers());
                store.countFollowers(room.id)
                        .onComplete(counted ->
                                owner.execute(() -> snapshot(room, null, counted.succeeded() ? counted.result() : 0)));
            }
            case LISTED -> listed(room);
            case UNKNOWN, UNWATCHED -> snapshot(room, null, 0);
        }
    }

    private boolean isKnown(WatchedRoom room) {
        return redisAnswers
                && room.kind == WatchedRoom.Kind.LISTED
                && room.participants.stream().map(users::get).allMatch(user -> user != null && user.isKnown());
    }

    private void listed(WatchedRoom room) {
        if (!isKnown(room)) {
            snapshot(room, null, 0);
            room.toldUnknown = true;
            return;
        }
        room.toldUnknown = false;
        var online = room.participants.stream()
                .filter(id -> users.get(id).isOnline())
                .toList();
        snapshot(room, online, online.size());
    }

    private void snapshot(WatchedRoom room, @Nullable List<UserId> online, long onlineCount) {
        var frame = new ServerFrame.PresenceSnapshot(room.id, online, onlineCount);
        frames.deliver(frame, List.copyOf(room.awaiting), (watcher, batch) -> watcher.presence(room.id, batch));
        room.awaiting.clear();
    }
}
