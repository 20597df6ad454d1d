package dev.parley.gateway.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pings the client (RFC 6455 §5.5.2) and ends the connection when two pings in a row found nobody.
/// Thread: the socket's event loop.
final class Heartbeat {

    private static final int MISSES_BEFORE_CLOSE = 2;

    private final Runnable ping;
    private final EventLoop loop;
    private final Duration interval;
    private final Consumer<CloseCode> close;
    private @Nullable ScheduledFuture<?> timer;
    private int unanswered;

    Heartbeat(Runnable ping, EventLoop loop, Duration interval, Consumer<CloseCode> close) {
        this.ping = ping;
        this.loop = loop;
        this.interval = interval;
        this.close = close;
    }

    void start() {
        timer = loop.scheduleAtFixedRate(this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Anything from the client counts, not only a pong.
    void heard() {
        unanswered = 0;
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void beat() {
        if (unanswered >= MISSES_BEFORE_CLOSE) {
            close.accept(CloseCode.HEARTBEAT_MISSED);
        } else {
            unanswered++;
            ping.run();
        }
    }
}
