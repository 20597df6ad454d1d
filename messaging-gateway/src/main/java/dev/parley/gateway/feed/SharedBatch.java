package dev.parley.gateway.feed;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Events on their way to many readers of one event loop, encoded once for all that speak the same protocol.
/// Thread: one event loop; lives for one delivery.
public final class SharedBatch {

    private final List<byte[]> bodies;
    private final Map<Object, ByteBuf> encodings = new HashMap<>();

    SharedBatch(List<byte[]> bodies) {
        this.bodies = bodies;
    }

    /// Lets `delivery` hand `bodies` to readers.
    public static void deliver(List<byte[]> bodies, Consumer<SharedBatch> delivery) {
        var batch = new SharedBatch(bodies);
        try {
            delivery.accept(batch);
        } finally {
            batch.release();
        }
    }

    /// The bodies in the encoding named `key`, made by the first who asks. Valid during the delivery only:
    /// whoever keeps it takes a `retainedDuplicate()`.
    public ByteBuf encoding(Object key, Function<List<byte[]>, ByteBuf> encode) {
        return encodings.computeIfAbsent(key, _ -> encode.apply(bodies));
    }

    /// How many events it has.
    public int size() {
        return bodies.size();
    }

    void release() {
        encodings.values().forEach(ByteBuf::release);
        encodings.clear();
    }
}
