package dev.parley.gateway.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reader's position in a room's log. It reads ring or log until its position is the room's head, then it is live.
/// Start, resume and recovery are the same thing, from different positions.
///
/// Thread: the reader's event loop, unless a method says otherwise.
public final class Subscription {

    private final RoomFeed feed;
    private final FeedReader reader;
    private final long standingSeq;
    private @Nullable Long resumedFrom;
    private long position;
    private boolean ended;

    /// Where [Fan] keeps it, while it is live.
    int fanIndex = NOT_LIVE;

    static final int NOT_LIVE = -1;

    /// When it began to wait for the log, in nanoseconds; 0 while it does not. Thread: the feed's owner.
    long waitingSince;

    /// The feed's generation it reads in; [#NEW] until it is served first. Thread: the feed's owner.
    int generation = NEW;

    static final int NEW = -1;

    /// @param position the last `seq` the reader needs no more
    /// @param standingSeq the head when the reader was known to be a participant
    /// @param resumedFrom the first `seq` a replay was asked for; null when none was
    Subscription(RoomFeed feed, FeedReader reader, long position, long standingSeq, @Nullable Long resumedFrom) {
        this.feed = feed;
        this.standingSeq = standingSeq;
        this.reader = reader;
        this.position = position;
        this.resumedFrom = resumedFrom;
    }

    /// Stops reading. Nothing of the room is delivered after it.
    public void end() {
        if (!ended) {
            ended = true;
            feed.leave(this);
        }
    }

    /// May be called from any thread: readers never move.
    FeedReader reader() {
        return reader;
    }

    void readOn() {
        feed.read(this, position);
    }

    /// Events after the position, without a hole: from ring or log.
    void replay(List<FeedEvent> page, long maxBytes) {
        if (ended) {
            return;
        }
        int count = 0;
        long bytes = 0;
        while (count < page.size() && bytes < maxBytes && !(count > 0 && endsReading(page.get(count - 1)))) {
            bytes += page.get(count++).json().length;
        }
        var part = page.subList(0, count);
        var rest = page.subList(count, page.size());
        var last = part.getLast();
        position = last.seq();
        reader.replay(part.stream().map(FeedEvent::json).toList(), () -> {
            if (endsReading(last)) {
                endBecause(endBy(last));
            } else if (rest.isEmpty()) {
                if (!ended) {
                    readOn();
                }
            } else {
                replay(rest, maxBytes);
            }
        });
    }

    /// @return whether it wants the room's live events
    boolean goLive(long logEpoch) {
        if (ended) {
            return false;
        }
        if (resumedFrom != null) {
            reader.resumed(new Resumed(feed.room(), resumedFrom, position, position, logEpoch, true));
            resumedFrom = null;
        }
        reader.live();
        return !ended;
    }

    /// @param shared the encodings of `batch` as a whole
    void deliver(EventBatch batch, SharedBatch shared) {
        if (batch.lastSeq() <= position) {
            return;
        }
        if (batch.firstSeq() > position + 1) {
            feed.leaveFan(this);
            readOn();
            return;
        }
        var mine = batch.after(position);
        if (batch.endsAnyReading()) {
            mine = mine.until(this::endsReading);
        }
        position = mine.lastSeq();
        if (mine == batch) {
            reader.deliver(shared);
        } else {
            var own = new SharedBatch(mine.bodies());
            reader.deliver(own);
            own.release();
        }
        var last = mine.last();
        if (endsReading(last)) {
            endBecause(endBy(last));
        }
    }

    /// A removal that is older than the reader's participation is history: the reader was added again since.
    private boolean endsReading(FeedEvent event) {
        return event.seq() > standingSeq && event.endsReadingOf(reader.userId());
    }

    private static FeedEnd endBy(FeedEvent event) {
        return event.deletesTheRoom() ? FeedEnd.ROOM_DELETED : FeedEnd.NOT_A_PARTICIPANT;
    }

    void endBecause(FeedEnd cause) {
        if (!ended) {
            end();
            reader.ended(cause);
        }
    }
}
