package dev.parley.gateway.presence;

import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The users in the listed rooms that sockets here follow. Thread: presence's own.
final class WatchedUsers {

    private final Executor owner;
    private final PresenceStore store;
    private final LocalUsers local;
    private final PresenceFrames frames;
    private final PresenceConfig config;
    private final Map<UserId, WatchedUser> users = new HashMap<>();
    private boolean redisAnswers;
    private boolean reading;

    WatchedUsers(
            Executor owner,
            PresenceStore store,
            LocalUsers local,
            PresenceFrames frames,
            PresenceConfig config,
            MeterRegistry registry) {
        this.owner = owner;
        this.store = store;
        this.local = local;
        this.frames = frames;
        this.config = config;
        Gauge.builder("parley.presence.watched", users, Map::size)
                .description("Users watched by sockets here")
                .register(registry);
    }

    /// Somebody has a socket here: no need to wait for Redis to say so.
    void came(UserId id) {
        var user = users.get(id);
        if (user != null && user.learn(new Seen(true, store.now()), store.now(), Duration.ZERO)) {
            frames.updated(user);
        }
    }

    /// How many of `some` would have to be watched that are not.
    int missing(Collection<UserId> some) {
        return (int) some.stream().filter(id -> !users.containsKey(id)).count();
    }

    boolean haveRoomFor(int more) {
        return users.size() + more <= config.watchedUsers();
    }

    void enter(WatchedRoom room, Collection<UserId> come) {
        come.forEach(id -> users.computeIfAbsent(id, WatchedUser::new).rooms.add(room));
    }

    void leave(WatchedRoom room, Collection<UserId> gone) {
        gone.forEach(id -> users.computeIfPresent(id, (_, user) -> {
            user.rooms.remove(room);
            return user.rooms.isEmpty() ? null : user;
        }));
    }

    /// The same ids as instances that all rooms share: a room of a hundred would keep several KiB of its own.
    Set<UserId> shared(Collection<UserId> some) {
        return some.stream().map(id -> users.get(id).id()).collect(Collectors.toUnmodifiableSet());
    }

    @Nullable
    WatchedUser get(UserId id) {
        return users.get(id);
    }

    boolean areKnown(Collection<UserId> some) {
        return redisAnswers && some.stream().map(users::get).allMatch(user -> user != null && user.isKnown());
    }

    List<UserId> online(Collection<UserId> some) {
        return some.stream().filter(id -> users.get(id).isOnline()).toList();
    }

    /// Reads all of them, and tells what changed.
    /// @param then runs when Redis has answered
    void readAll(boolean redisAnswers, Runnable then) {
        this.redisAnswers = redisAnswers;
        if (redisAnswers && !reading && !users.isEmpty()) {
            reading = true;
            read(Set.copyOf(users.keySet()), () -> {
                reading = false;
                then.run();
            });
        }
    }

    /// Reads some of them, and tells what changed.
    /// @param then runs also when Redis does not answer
    void read(Collection<UserId> some, Runnable then) {
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
            frames.updated(user);
        }
    }
}
