package dev.parley.gateway.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a socket with its access token, and warns before. Thread: the socket's event loop.
final class TokenLife {

    private final EventLoop loop;
    private final InstantSource clock;
    private final Duration warning;

    /// For what comes next: the warning, then the end.
    private @Nullable ScheduledFuture<?> timer;

    TokenLife(EventLoop loop, InstantSource clock, Duration warning) {
        this.loop = loop;
        this.clock = clock;
        this.warning = warning;
    }

    /// A second start replaces the first.
    void start(Instant expiresAt, Runnable warn, Runnable end) {
        stop();
        schedule(expiresAt.minus(warning), () -> {
            schedule(expiresAt, end);
            warn.run();
        });
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void schedule(Instant at, Runnable task) {
        var delay = Math.max(0, Duration.between(clock.instant(), at).toMillis());
        timer = loop.schedule(task, delay, TimeUnit.MILLISECONDS);
    }
}
