package dev.parley.gateway;

import dev.parley.model.stream.RelayEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The `ref`s of commands, which say when each arrived at this process: so whoever sees its event again knows how long
/// that took, without a look-up and without a clock of another machine. Thread-safe.
@ApplicationScoped
public class ArrivalRefs {

    private final GatewayIdentity gateway;
    private final long startNanos = System.nanoTime();

    ArrivalRefs(GatewayIdentity gateway) {
        this.gateway = gateway;
    }

    /// The `ref` of what arrived then. Those of a connection ascend, also when several arrive at one moment.
    /// @param arrivedNanos by [System#nanoTime]
    /// @param last the connection's `ref` before, 0 when it has none
    public long next(long arrivedNanos, long last) {
        return Math.max(arrivedNanos - startNanos, last + 1);
    }

    /// When the command arrived here, by [System#nanoTime]; empty when it came to another process, or to none.
    public OptionalLong arrivedNanos(RelayEntry.@Nullable Cause cause) {
        return cause == null || !cause.origin().gatewayId().equals(gateway.id())
                ? OptionalLong.empty()
                : OptionalLong.of(startNanos + cause.ref());
    }
}
