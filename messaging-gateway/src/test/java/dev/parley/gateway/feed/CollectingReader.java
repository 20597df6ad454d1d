package dev.parley.gateway.feed;

import dev.parley.model.id.UserId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Notes what it is given. Its network takes a replay after a random moment.
final class CollectingReader implements FeedReader {

    final List<Long> seqs = new CopyOnWriteArrayList<>();
    volatile @Nullable Resumed resumed;
    volatile int seenWhenResumed = -1;
    volatile @Nullable FeedEnd end;
    volatile boolean live;
    final AtomicInteger signals = new AtomicInteger();

    /// Thrown at whatever it is given next.
    volatile @Nullable Error failure;
    private final EventLoop loop;
    private final UserId userId;

    CollectingReader(EventLoop loop, UserId userId) {
        this.loop = loop;
        this.userId = userId;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public UserId userId() {
        return userId;
    }

    @Override
    public String connectionId() {
        return "c-" + System.identityHashCode(this);
    }

    @Override
    public void signal(SharedBatch frame) {
        failIfToldTo();
        signals.incrementAndGet();
    }

    @Override
    public void deliver(SharedBatch batch) {
        failIfToldTo();
        var lines = batch.encoding("lines", CollectingReader::lines).toString(StandardCharsets.UTF_8);
        note(lines.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList());
    }

    @Override
    public void replay(List<byte[]> bodies, Runnable drained) {
        note(bodies);
        loop.schedule(drained, ThreadLocalRandom.current().nextInt(3), TimeUnit.MILLISECONDS);
    }

    @Override
    public void resumed(Resumed end) {
        seenWhenResumed = seqs.size();
        resumed = end;
    }

    @Override
    public void live() {
        failIfToldTo();
        live = true;
    }

    @Override
    public void ended(FeedEnd cause) {
        end = cause;
    }

    private void failIfToldTo() {
        if (failure != null) {
            throw failure;
        }
    }

    private static ByteBuf lines(List<byte[]> bodies) {
        var lines = Unpooled.buffer();
        bodies.forEach(body -> lines.writeBytes(body).writeByte('\n'));
        return lines;
    }

    private void note(List<byte[]> bodies) {
        var batch = new ArrayList<Long>();
        for (var body : bodies) {
            batch.add(Long.valueOf(new String(body, StandardCharsets.UTF_8).replaceAll("\\D", "")));
        }
        seqs.addAll(batch);
    }
}
