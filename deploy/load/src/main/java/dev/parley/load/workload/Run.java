package dev.parley.load.workload;

import dev.parley.load.client.LoadSocket;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Sends at a fixed rate, whatever the system answers (open loop): a message's time counts from the moment it was due,
/// so that a stall of the system, or of this tool, is in every figure. Source: Gil Tene, "coordinated omission".
public final class Run {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// @param rate messages a second, of all senders together
    /// @param contentLength characters of a message's content
    /// @param warmUp sends at the same rate before anything is measured
    /// @param duration how long is measured
    public record Plan(double rate, int contentLength, Duration warmUp, Duration duration) {}

    /// What the measured time took of something that is read twice, as CPU seconds.
    public record Span<T>(T before, T after, double seconds) {}

    private final EventLoop loop;
    private final List<LoadSocket> senders;
    private final LoadSocket.Counts counts;
    private final Plan plan;
    private final Set<LoadSocket> written = new HashSet<>();
    private long next;

    /// @param loop the thread of all sockets
    public Run(EventLoop loop, List<LoadSocket> senders, LoadSocket.Counts counts, Plan plan) {
        this.loop = loop;
        this.senders = senders;
        this.counts = counts;
        this.plan = plan;
    }

    /// Blocks until all is sent, and for as long again as late answers may take.
    /// @param meter read when the measured time begins and ends
    public <T> Span<T> run(Supplier<T> meter) throws InterruptedException {
        var begin = System.nanoTime();
        var measureFrom = begin + plan.warmUp().toNanos();
        var measureTo = measureFrom + plan.duration().toNanos();
        counts.measureFromNanos = measureFrom;
        counts.measureToNanos = measureTo;
        var done = new CompletableFuture<Void>();
        loop.execute(() -> tick(begin, measureTo, done));
        sleepUntil(measureFrom);
        var before = meter.get();
        var beforeNanos = System.nanoTime();
        sleepUntil(measureTo);
        var after = meter.get();
        var seconds = (System.nanoTime() - beforeNanos) / 1e9;
        done.join();
        awaitAnswers();
        return new Span<>(before, after, seconds);
    }

    /// Sends what has become due since the last tick. Thread: the event loop, which also reads: a tick that comes late
    /// sends more.
    private void tick(long begin, long end, CompletableFuture<Void> done) {
        var now = System.nanoTime();
        while (true) {
            var due = begin + (long) (next * 1e9 / plan.rate());
            if (due >= end) {
                flush();
                done.complete(null);
                return;
            }
            if (due > now) {
                break;
            }
            var sender = senders.get((int) (next % senders.size()));
            sender.send(due, plan.contentLength());
            written.add(sender);
            next++;
        }
        flush();
        loop.schedule(() -> tick(begin, end, done), TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void flush() {
        written.forEach(LoadSocket::flush);
        written.clear();
    }

    /// Until nothing has come for a second, also of what is not measured (a system that lags sends that first), or 30
    /// have gone by.
    private void awaitAnswers() throws InterruptedException {
        long seen = -1;
        for (int second = 0; second < 30; second++) {
            var now = onLoop(() -> counts.received);
            if (now == seen) {
                return;
            }
            seen = now;
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /// Histograms belong to the event loop.
    private <T> T onLoop(Supplier<T> reading) {
        return CompletableFuture.supplyAsync(reading, loop).join();
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        var left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
