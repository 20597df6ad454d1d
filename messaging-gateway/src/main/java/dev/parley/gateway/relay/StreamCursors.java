package dev.parley.gateway.relay;

import dev.parley.gateway.StreamConfig;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.kit.stream.RedisPool;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streams that are read for as long as this process lives, each by a [StreamCursor] with a connection and a thread
/// of its own.
@ApplicationScoped
class StreamCursors {

    /// What a blocking read may take beyond its own time before its connection counts as dead.
    private static final Duration NETWORK_PATIENCE = Duration.ofSeconds(8);

    private final Redis redis;
    private final RedisPool pool;
    private final StreamConfig reading;
    private final List<StreamCursor> cursors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    StreamCursors(Redis redis, RedisPool pool, StreamConfig reading) {
        this.redis = redis;
        this.pool = pool;
        this.reading = reading;
    }

    /// Makes sure that so many streams can be read.
    /// @throws IllegalStateException if too few connections would be left for everything else
    void claim(int streams) {
        pool.hold(streams);
    }

    /// Begins to read. Only while the process starts.
    /// @param from read what comes after this id; null begins with what comes from now on
    /// @param consumer gets the entries of each read, at least one, in order; not called again before it returns
    void read(String key, @Nullable String from, Consumer<List<StreamRecord>> consumer) {
        var cursor = new StreamCursor(
                new StreamConnection(redis, reading.block().plus(NETWORK_PATIENCE)), key, reading, from, consumer);
        cursors.add(cursor);
        threads.add(Thread.ofVirtual().name("read " + key).start(cursor));
    }

    void stop(@Observes ShutdownEvent event) {
        threads.forEach(Thread::interrupt);
    }

    /// Whether all streams could be read the last time. Any thread.
    boolean areConnected() {
        return cursors.stream().allMatch(StreamCursor::isConnected);
    }
}
