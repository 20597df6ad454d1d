package dev.parley.gateway.feed;

import dev.parley.model.id.RoomId;
import dev.parley.model.internal.EventPage;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live log of one room: knows the head, holds what comes too early, reads from the log what does not come,
/// and passes events on in `seq` order, each once, none missing.
///
/// Thread: one event loop owns the state; methods named "any thread" hand over to it. Deliveries and joins reach
/// the readers' event loops as tasks in the order the owner made them, which is what makes a join exact.
public final class RoomFeed {

    private static final long UNKNOWN = -1;

    private final RoomId room;
    private final EventLoop owner;
    private final FeedConfig config;
    private final FeedMetrics metrics;
    private final LogReads reads;
    private final Ring ring;
    private final Hold hold;
    private final Healing healing;
    private final Fans fans;
    private final FeedUse use;

    private long head = UNKNOWN;
    private long epoch = UNKNOWN;
    private int generation;

    RoomFeed(RoomId room, EventLoop owner, LogSource log, FeedConfig config, FeedMetrics metrics, RingBudget budget) {
        this.room = room;
        this.owner = owner;
        this.config = config;
        this.use = new FeedUse(config.idleLimit());
        this.metrics = metrics;
        this.fans = new Fans(metrics);
        this.reads = new LogReads(room, owner, log, config, this::serve);
        this.ring = new Ring(config, budget, owner);
        this.hold = new Hold(config);
        this.healing = new Healing(new Gap(), reads, owner, config, metrics);
    }

    RoomId room() {
        return room;
    }

    /// Who needs it. Any thread.
    FeedUse use() {
        return use;
    }

    /// The room's head and epoch, as the room service knows them. Any thread.
    /// The first one starts the feed: what the relay brought before is kept and joined to it.
    public void start(long lastSeq, long logEpoch) {
        use.start();
        owner.execute(() -> started(lastSeq, logEpoch));
    }

    /// Lets `reader` read what comes after `position`. Thread: the reader's event loop.
    ///
    /// @param standingSeq the head when the reader's participation was found: a removal up to it is history
    /// @param resumedFrom when given, the reader is told where its replay ended
    public Subscription subscribe(FeedReader reader, long position, long standingSeq, @Nullable Long resumedFrom) {
        var subscription = new Subscription(this, reader, position, standingSeq, resumedFrom);
        use.join();
        subscription.readOn();
        return subscription;
    }

    /// Committed events from the relay, in any order, with repeats and holes. Any thread.
    /// @param lease what they take of the backlog until the last reader has them
    void offer(List<FeedEvent> events, Backlog.Lease lease) {
        owner.execute(() -> {
            accept(events, lease);
            lease.done();
        });
    }

    /// Hands something of the moment to the live readers. Any thread.
    /// @param lease as for [#offer]
    void signal(Ephemeral ephemeral, Backlog.Lease lease) {
        fans.signal(ephemeral, lease);
    }

    /// The log is known to have this event: what is missing up to it is read at once. Any thread.
    void reach(long seq) {
        owner.execute(() -> {
            if (head != UNKNOWN && head < seq) {
                healing.reach();
            }
        });
    }

    /// The log is known to end at `lastSeq`: what is missing up to it is read at once. Any thread.
    void reach(long lastSeq, long logEpoch) {
        owner.execute(() -> {
            if (head != UNKNOWN && logEpoch != epoch) {
                reset();
            } else if (head != UNKNOWN && head < lastSeq) {
                healing.reach();
            }
        });
    }

    /// What the room service says is the head. Any thread. One round behind is the relay's business, two are ours.
    void compareHead(long lastSeq, long logEpoch) {
        owner.execute(() -> {
            if (head == UNKNOWN) {
                return;
            }
            if (logEpoch != epoch) {
                reset();
            } else {
                healing.compare(lastSeq);
            }
        });
    }

    /// Reads on in the log whatever the relay brings. Any thread.
    public void checkLog() {
        owner.execute(() -> {
            if (head != UNKNOWN) {
                healing.heal();
            }
        });
    }

    /// Empties the ring: the past is read from the log again, as it is at present. Any thread.
    void forgetPast() {
        owner.execute(ring::clear);
    }

    /// Gives back the memory of a feed that was taken out of the registry. Any thread.
    void discard() {
        owner.execute(() -> {
            ring.clear();
            hold.clear();
        });
    }

    /// Thread: the reader's event loop.
    void read(Subscription subscription, long position) {
        owner.execute(() -> serve(subscription, position));
    }

    /// Thread: the reader's event loop.
    void leave(Subscription subscription) {
        leaveFan(subscription);
        use.leave();
    }

    /// Thread: the reader's event loop.
    void leaveFan(Subscription subscription) {
        fans.leave(subscription);
    }

    // What follows runs on the owner.

    private void started(long lastSeq, long logEpoch) {
        if (head == UNKNOWN) {
            head = lastSeq;
            epoch = logEpoch;
            fans.publish(advance(List.of()), null);
            if (!hold.isEmpty()) {
                healing.soon();
            }
            reads.retryAll();
        } else if (logEpoch != epoch) {
            reset();
        }
    }

    private void serve(Subscription subscription, long position) {
        var loop = subscription.reader().eventLoop();
        if (subscription.generation == Subscription.NEW) {
            subscription.generation = generation;
        } else if (subscription.generation != generation) {
            loop.execute(() -> subscription.endBecause(FeedEnd.INTERNAL_GAP));
            return;
        }
        if (head != UNKNOWN && position >= head) {
            subscription.waitingSince = 0;
            fans.join(subscription, epoch);
        } else if (head != UNKNOWN && ring.covers(position + 1)) {
            subscription.waitingSince = 0;
            metrics.readFromRing();
            var page = ring.from(position + 1, config.replayBytes());
            loop.execute(() -> subscription.replay(page, config.replayBytes()));
        } else {
            metrics.readFromLog();
            reads.read(subscription, position, this::learn);
        }
    }

    /// A page of the log tells the head as well: a feed that nobody started starts by it.
    private void learn(EventPage page) {
        if (head == UNKNOWN) {
            started(page.lastSeq(), page.logEpoch());
        }
    }

    private void accept(List<FeedEvent> events, Backlog.Lease lease) {
        if (head == UNKNOWN) {
            events.forEach(hold::add);
            return;
        }
        if (events.stream().anyMatch(event -> event.logEpoch() > epoch)) {
            reset();
            return;
        }
        fans.publish(advance(events), lease);
        if (!hold.isEmpty()) {
            healing.soon();
        }
    }

    /// Moves the head over everything that now follows it. What follows at once never passes the hold, whose bound
    /// would drop a large page of the log for ever.
    /// @return the events it moved over
    private List<FeedEvent> advance(List<FeedEvent> events) {
        var next = new ArrayList<FeedEvent>();
        for (var event : events) {
            var end = head + next.size();
            if (event.logEpoch() == epoch && event.seq() == end + 1) {
                next.add(event);
            } else if (event.logEpoch() == epoch && event.seq() > end) {
                hold.add(event);
            }
        }
        next.addAll(hold.takeAfter(head + next.size()));
        ring.addAll(next);
        head += next.size();
        if (!next.isEmpty()) {
            healing.progressed();
        }
        return next;
    }

    /// Forgets everything: readers resume with what they have.
    private void reset() {
        metrics.reset();
        var readers = new ArrayList<>(reads.takeAll());
        readers.forEach(subscription ->
                subscription.reader().eventLoop().execute(() -> subscription.endBecause(FeedEnd.INTERNAL_GAP)));
        fans.endAll(FeedEnd.INTERNAL_GAP);
        ring.clear();
        hold.clear();
        generation++;
        head = UNKNOWN;
        epoch = UNKNOWN;
        healing.reset();
    }

    /// What [Healing] sees of the feed.
    private final class Gap implements Healing.Gap {

        @Override
        public long head() {
            return head;
        }

        @Override
        public boolean holdsMore() {
            return !hold.isEmpty();
        }

        @Override
        public boolean take(EventPage page) {
            if (page.logEpoch() != epoch) {
                return false;
            }
            fans.publish(advance(page.events().stream().map(FeedEvent::of).toList()), null);
            return true;
        }

        @Override
        public void giveUp() {
            reset();
        }
    }
}
