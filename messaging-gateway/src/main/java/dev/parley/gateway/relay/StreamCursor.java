package dev.parley.gateway.relay;

import dev.parley.gateway.StreamConfig;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads one stream from a resolved id on, for as long as its thread lives, and survives whatever happens to Redis:
/// after a failure, and when the stream's newest id is below the cursor (a Redis that lost its data), it goes on
/// from the newest id there is. What was missed is somebody else's to heal.
///
/// Thread: one virtual thread of its own.
final class StreamCursor implements Runnable {

    private static final Logger LOG = Logger.getLogger(StreamCursor.class);
    private static final String BEFORE_ALL = "0-0";

    private final StreamConnection connection;
    private final String key;
    private final StreamConfig reading;
    private final Consumer<List<StreamRecord>> consumer;
    private @Nullable String cursor;
    private boolean resolveNext = true;
    private volatile boolean connected;

    /// @param cursor read what comes after this id; null resolves the newest one first
    /// @param consumer gets the entries of each read, at least one, in order; not called again before it returns
    StreamCursor(
            StreamConnection connection,
            String key,
            StreamConfig reading,
            @Nullable String cursor,
            Consumer<List<StreamRecord>> consumer) {
        this.connection = connection;
        this.key = key;
        this.reading = reading;
        this.cursor = cursor;
        this.consumer = consumer;
    }

    /// Whether the last read was answered. Any thread.
    boolean isConnected() {
        return connected;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                readOnce();
                connected = true;
            } catch (RedisUnavailableException | RedisErrorException e) {
                if (connected && !Thread.currentThread().isInterrupted()) {
                    LOG.warnf("stream not readable key=%s cause=%s", key, e.getMessage());
                }
                connected = false;
                resolveNext = true;
                pause();
            } catch (RuntimeException e) {
                LOG.errorf(e, "stream entries not handled key=%s", key);
                pause();
            }
        }
        connection.close();
    }

    private void readOnce() {
        if (resolveNext) {
            resolve();
            resolveNext = false;
        }
        var records = StreamRecord.ofRead(connection.send(Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(reading.readCount())
                .arg("BLOCK")
                .arg(reading.block().toMillis())
                .arg("STREAMS")
                .arg(key)
                .arg(String.valueOf(cursor))));
        if (records.isEmpty()) {
            resolveNext = true;
            return;
        }
        cursor = records.getLast().id();
        consumer.accept(records);
    }

    /// The first time: the newest id. Later: the cursor, unless the stream's newest id is below it.
    private void resolve() {
        var newest = newestId();
        if (cursor == null || compare(newest, cursor) < 0) {
            cursor = newest;
        }
    }

    private String newestId() {
        var records = StreamRecord.ofEntries(connection.send(Request.cmd(Command.XREVRANGE)
                .arg(key)
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg(1)));
        return records.isEmpty() ? BEFORE_ALL : records.getFirst().id();
    }

    /// Ids are two numbers, milliseconds and a counter. Source: Redis, "Streams", entry IDs.
    static int compare(String left, String right) {
        var l = left.split("-", 2);
        var r = right.split("-", 2);
        var byTime = Long.compareUnsigned(Long.parseUnsignedLong(l[0]), Long.parseUnsignedLong(r[0]));
        return byTime != 0 ? byTime : Long.compareUnsigned(Long.parseUnsignedLong(l[1]), Long.parseUnsignedLong(r[1]));
    }

    private void pause() {
        try {
            Thread.sleep(reading.retryPause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
