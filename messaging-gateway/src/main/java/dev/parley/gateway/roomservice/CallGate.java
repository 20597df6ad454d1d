package dev.parley.gateway.roomservice;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// Lets so many calls of one kind be under way at a time; the others wait their turn, not too many and not too long.
/// A thousand sockets that come at once are to be served soon, and not to make the room service slow for all.
///
/// Thread-safe. Answers come on a thread that may block.
public final class CallGate {

    /// A call that waits.
    private record Waiting(Runnable start, Runnable giveUp, long sinceNanos) {}

    private final int atOnce;
    private final int waitingLimit;
    private final Duration patience;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    /// @param patience how long a call may wait for its turn
    public CallGate(int atOnce, int waitingLimit, Duration patience) {
        this.atOnce = atOnce;
        this.waitingLimit = waitingLimit;
        this.patience = patience;
    }

    /// @return the answer; fails with [RejectedExecutionException] when the call was not made for want of room or time
    public <T> CompletionStage<T> call(Supplier<Uni<T>> request) {
        var answer = new CompletableFuture<T>();
        Runnable start = () -> Uni.createFrom()
                .deferred(request::get)
                .emitOn(Infrastructure.getDefaultExecutor())
                .onTermination()
                .invoke(this::ended)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally);
        synchronized (this) {
            if (underWay >= atOnce) {
                if (waiting.size() >= waitingLimit) {
                    return CompletableFuture.failedFuture(new RejectedExecutionException("too many calls wait"));
                }
                waiting.add(new Waiting(
                        start,
                        () -> answer.completeExceptionally(new RejectedExecutionException("waited too long")),
                        System.nanoTime()));
                return answer;
            }
            underWay++;
        }
        start.run();
        return answer;
    }

    private void ended() {
        var late = new ArrayDeque<Waiting>();
        Waiting next;
        synchronized (this) {
            next = waiting.poll();
            while (next != null && System.nanoTime() - next.sinceNanos() > patience.toNanos()) {
                late.add(next);
                next = waiting.poll();
            }
            if (next == null) {
                underWay--;
            }
        }
        late.forEach(each -> each.giveUp().run());
        if (next != null) {
            next.start().run();
        }
    }
}
