package dev.parley.gateway.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Ends a socket with its access token, and warns before. Thread: the socket's event loop.
final class TokenLife {

    private final EventLoop loop;
    private final InstantSource clock;
    private final Duration warning;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();

    TokenLife(EventLoop loop, InstantSource clock, Duration warning) {
        this.loop = loop;
        this.clock = clock;
        this.warning = warning;
    }

    /// A second start replaces the first.
    void start(Instant expiresAt, Runnable warn, Runnable end) {
        stop();
        schedule(expiresAt.minus(warning), warn);
        schedule(expiresAt, end);
    }

    void stop() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private void schedule(Instant at, Runnable task) {
        var delay = Math.max(0, Duration.between(clock.instant(), at).toMillis());
        timers.add(loop.schedule(task, delay, TimeUnit.MILLISECONDS));
    }
}
