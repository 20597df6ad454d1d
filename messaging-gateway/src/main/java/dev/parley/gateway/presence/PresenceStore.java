package dev.parley.gateway.presence;

import dev.parley.gateway.redis.PipelinedConnection;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Presence in Redis. `presence:{p}` is a sorted set of users, `presence:room:{id}` one of those who follow a large
/// room; the score says until when, by Redis' clock. Thread-safe.
///
/// A score is twice the milliseconds since 1970, and one more when the last socket has closed: so it tells when the
/// user was there last as well, whichever way the time was given.
///
/// Commands that Redis has not answered are bounded, below what the client lets wait on a connection; those above fail,
/// and are made good by the next refresh or read.
final class PresenceStore {

    private static final int USERS_PER_COMMAND = 500;
    private static final int COMMANDS_UNDER_WAY = 1_024;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final PipelinedConnection redis;
    private final int partitions;
    private final long timeToLiveMillis;
    private final long graceMillis;
    private final AtomicInteger underWay = new AtomicInteger();

    /// Redis' clock minus ours.
    private volatile long offsetMillis;

    PresenceStore(PipelinedConnection redis, PresenceConfig config) {
        this.redis = redis;
        this.partitions = config.partitions();
        this.timeToLiveMillis = config.timeToLive().toMillis();
        this.graceMillis = config.grace().toMillis();
    }

    Instant now() {
        return Instant.ofEpochMilli(nowMillis());
    }

    /// Learns what time it is for Redis; fails while Redis is away.
    Future<Void> readClock() {
        return answered(Request.cmd(Command.TIME)).map(time -> {
            var millis = TimeUnit.SECONDS.toMillis(time.get(0).toLong())
                    + TimeUnit.MICROSECONDS.toMillis(time.get(1).toLong());
            offsetMillis = millis - System.currentTimeMillis();
            return null;
        });
    }

    /// These users have a socket here.
    void writeOnline(Collection<UserId> users) {
        var score = 2 * (nowMillis() + timeToLiveMillis);
        byPartition(users)
                .forEach((partition, members) ->
                        send(scored(Request.cmd(Command.ZADD).arg(key(partition)), score, members)));
    }

    /// The last sockets that these users had here have closed. Who has one elsewhere is written online again by that
    /// gateway before the time is up.
    void writeLeft(Collection<UserId> users) {
        var score = 2 * (nowMillis() + graceMillis) + 1;
        byPartition(users)
                .forEach((partition, members) -> send(scored(
                        Request.cmd(Command.ZADD).arg(key(partition)).arg("XX").arg("LT"), score, members)));
    }

    /// @return what is known of each; who was not seen for an hour is left out
    Future<Map<UserId, Seen>> read(Collection<UserId> users) {
        var seen = new HashMap<UserId, Seen>();
        List<Future<?>> answers = new ArrayList<>();
        byPartition(users).forEach((partition, members) -> {
            var request = Request.cmd(Command.ZMSCORE).arg(key(partition));
            members.forEach(user -> request.arg(user.toString()));
            answers.add(answered(request).onSuccess(scores -> {
                synchronized (seen) {
                    for (int i = 0; i < members.size(); i++) {
                        put(seen, members.get(i), scores.get(i));
                    }
                }
            }));
        });
        return Future.all(answers).map(_ -> seen);
    }

    /// These users follow a large room here.
    void writeFollowers(RoomId room, Collection<UserId> users) {
        var key = key(room);
        for (var members : chunks(List.copyOf(users))) {
            send(scored(Request.cmd(Command.ZADD).arg(key), 2 * (nowMillis() + graceMillis), members));
        }
        send(Request.cmd(Command.PEXPIRE).arg(key).arg(timeToLiveMillis));
    }

    /// How many users follow a large room, on any gateway.
    Future<Long> countFollowers(RoomId room) {
        return answered(Request.cmd(Command.ZCOUNT)
                        .arg(key(room))
                        .arg("(" + 2 * nowMillis())
                        .arg("+inf"))
                .map(Response::toLong);
    }

    /// Forgets who has been away for long, of one partition or room.
    void sweepPartition(int partition) {
        sweep(key(partition), REMEMBERED.toMillis());
    }

    void sweepRoom(RoomId room) {
        sweep(key(room), 0);
    }

    int partitions() {
        return partitions;
    }

    /// Commands that Redis has not answered.
    int underWay() {
        return underWay.get();
    }

    private Future<Response> send(Request request) {
        if (underWay.incrementAndGet() > COMMANDS_UNDER_WAY) {
            underWay.decrementAndGet();
            return Future.failedFuture("too many commands of presence wait for Redis");
        }
        return redis.send(request).onComplete(_ -> underWay.decrementAndGet());
    }

    /// For what somebody waits for: a Redis that hangs is as good as none.
    private Future<Response> answered(Request request) {
        return send(request).timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep(String key, long agoMillis) {
        send(Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg("-inf").arg(2 * (nowMillis() - agoMillis)));
    }

    private void put(Map<UserId, Seen> seen, UserId user, @Nullable Response answer) {
        if (answer != null) {
            var score = (long) answer.toDouble().doubleValue();
            var until = score / 2;
            var given = score % 2 == 0 ? timeToLiveMillis : graceMillis;
            seen.put(user, new Seen(until > nowMillis(), Instant.ofEpochMilli(until - given)));
        }
    }

    private long nowMillis() {
        return System.currentTimeMillis() + offsetMillis;
    }

    private interface Members {
        void accept(int partition, List<UserId> users);
    }

    private record Partitioned(Map<Integer, List<UserId>> users) {
        void forEach(Members action) {
            users.forEach((partition, all) -> chunks(all).forEach(some -> action.accept(partition, some)));
        }
    }

    private Partitioned byPartition(Collection<UserId> users) {
        var byPartition = new HashMap<Integer, List<UserId>>();
        for (var user : users) {
            byPartition
                    .computeIfAbsent(StreamKeys.partitionOf(user, partitions), _ -> new ArrayList<>())
                    .add(user);
        }
        return new Partitioned(byPartition);
    }

    private static List<List<UserId>> chunks(List<UserId> users) {
        var chunks = new ArrayList<List<UserId>>();
        for (int from = 0; from < users.size(); from += USERS_PER_COMMAND) {
            chunks.add(users.subList(from, Math.min(users.size(), from + USERS_PER_COMMAND)));
        }
        return chunks;
    }

    private static Request scored(Request request, long score, List<UserId> members) {
        members.forEach(user -> request.arg(score).arg(user.toString()));
        return request;
    }

    private static String key(int partition) {
        return "presence:{" + partition + "}";
    }

    private static String key(RoomId room) {
        return "presence:room:{" + room + "}";
    }
}
