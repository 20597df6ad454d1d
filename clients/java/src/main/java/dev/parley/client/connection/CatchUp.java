package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.event.EventReader;
import dev.parley.client.event.LogEvent;
import dev.parley.client.http.ParleyException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads over REST what feeds have missed: a few rooms at a time, a page at a time, and only while listeners have room.
///
/// *Thread*: the loop; the reading itself is done aside.
final class CatchUp {

    private static final int PAGE = 100;
    private static final int AT_A_TIME = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /// What the owner of the feeds has to do about a reading.
    interface Owner {

        /// Whether the feed is followed still, by this very object.
        boolean has(RoomFeed feed);

        /// Each event that was read, before anything else is done with it.
        void seen(LogEvent event);

        /// The room is not there for us any more.
        void lost(RoomFeed feed, String code);

        /// The log is another one: only a new subscription can tell what is to be done.
        void otherLog();

        boolean hasRoom();
    }

    private final Loop loop;
    private final LogSource log;
    private final Backoff backoff;
    private final Owner owner;
    private final Deque<RoomFeed> waiting = new ArrayDeque<>();
    private final Set<RoomFeed> underWay = new HashSet<>();

    CatchUp(Loop loop, LogSource log, Backoff backoff, Owner owner) {
        this.loop = loop;
        this.log = log;
        this.backoff = backoff;
        this.owner = owner;
    }

    /// Reads for a feed that has fallen behind, until it has not.
    void start(RoomFeed feed) {
        if (!underWay.contains(feed) && !waiting.contains(feed)) {
            waiting.addLast(feed);
            next();
        }
    }

    /// Goes on as far as there is room.
    void next() {
        while (underWay.size() < AT_A_TIME && !waiting.isEmpty() && owner.hasRoom()) {
            read(waiting.removeFirst());
        }
    }

    private void read(RoomFeed feed) {
        Position from = feed.position();
        if (from == null || !feed.isBehind() || !owner.has(feed)) {
            return;
        }
        underWay.add(feed);
        loop.aside(() -> {
            Runnable outcome = outcome(feed, from);
            loop.post(() -> {
                underWay.remove(feed);
                if (owner.has(feed) && feed.isBehind()) {
                    outcome.run();
                }
                next();
            });
        });
    }

    private Runnable outcome(RoomFeed feed, Position from) {
        try {
            JsonNode page = log.page(feed.room(), from.seq(), PAGE);
            return () -> take(feed, page);
        } catch (ParleyException.Problem problem) {
            return problem.status() == 404 || problem.status() == 403
                    ? () -> owner.lost(feed, problem.code())
                    : () -> later(feed, problem.retryAfter().orElse(Duration.ZERO));
        } catch (RuntimeException unreachable) {
            return () -> later(feed, Duration.ZERO);
        }
    }

    private void take(RoomFeed feed, JsonNode page) {
        if (feed.isOtherLog(page.path("log_epoch").asLong())) {
            owner.otherLog();
            return;
        }
        Position before = feed.position();
        eventsOf(page, (event, size) -> {
            owner.seen(event);
            feed.read(event, size);
        });
        if (feed.join()) {
            backoff.reset();
        } else if (feed.position().equals(before)) {
            later(feed, Duration.ZERO);
        } else {
            backoff.reset();
            waiting.addLast(feed);
        }
    }

    /// Also when a page brings nothing new although there must be more: asking at once would only ask again.
    private void later(RoomFeed feed, Duration least) {
        Duration wait = backoff.next(least);
        loop.after(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, () -> start(feed));
    }

    private static void eventsOf(JsonNode page, BiConsumer<LogEvent, Integer> then) {
        Consumer<JsonNode> each = item -> EventReader.logEvent(item)
                .ifPresent(event -> then.accept(event, item.toString().length()));
        page.path("items").forEach(each);
    }
}
