package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.event.EventReader;
import dev.parley.client.event.LogEvent;
import dev.parley.client.event.RoomEvent;
import dev.parley.client.outbox.Outbox;
import dev.parley.client.outbox.Receipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rooms that are followed: subscribed to on each link anew, from where each of them is.
///
/// *Thread*: the loop.
final class Feeds implements CatchUp.Owner, RoomFeed.Sink {

    private static final int ROOMS_A_FRAME = 100;
    private static final Set<String> PASSING = Set.of("unavailable", "internal", "rate_limited");

    private final Loop loop;
    private final Delivery delivery;
    private final UUID self;
    private final Outbox outbox;
    private final ClientLimits limits;
    private final Backoff backoff;
    private final Backoff roomBackoff;
    private final CatchUp catchUp;
    private final Runnable onEcho;
    private final Map<UUID, RoomFeed> feeds = new LinkedHashMap<>();
    private final Deque<UUID> wanted = new ArrayDeque<>();
    private @Nullable Link link;
    private boolean asking;

    /// @param onEcho is called when an event has settled one of our messages
    Feeds(Loop loop, Delivery delivery, UUID self, Outbox outbox, ClientLimits limits, LogSource log, Runnable onEcho) {
        this.loop = loop;
        this.delivery = delivery;
        this.self = self;
        this.outbox = outbox;
        this.limits = limits;
        this.onEcho = onEcho;
        this.backoff = limits.backoff();
        this.roomBackoff = limits.backoff();
        this.catchUp = new CatchUp(loop, log, limits.backoff(), this);
    }

    /// Follows a room; one that is followed already stays where it is.
    void follow(UUID room, @Nullable Position from) {
        if (!feeds.containsKey(room)) {
            feeds.put(room, new RoomFeed(room, from, this));
            want(room);
        }
    }

    void unfollow(UUID room) {
        if (feeds.remove(room) != null && link != null) {
            wanted.remove(room);
            link.ask(Map.of("type", "unsubscribe", "room_id", room), answer -> {});
        }
    }

    boolean follows(UUID room) {
        return feeds.containsKey(room);
    }

    void attach(Link next) {
        detach();
        link = next;
        wanted.addAll(feeds.keySet());
        subscribe();
    }

    void detach() {
        link = null;
        asking = false;
        wanted.clear();
        feeds.values().forEach(RoomFeed::interrupted);
    }

    /// Takes an event of the link's socket.
    void event(LogEvent event, int size) {
        seen(event);
        RoomFeed feed = feeds.get(event.roomId());
        if (feed != null && feed.offer(event, size)) {
            catchUp.start(feed);
        }
    }

    void resumed(JsonNode frame) {
        RoomFeed feed = room(frame).map(feeds::get).orElse(null);
        if (feed != null
                && feed.resumed(
                        frame.path("to_seq").asLong(),
                        frame.path("last_seq").asLong(),
                        frame.path("log_epoch").asLong(),
                        frame.path("complete").asBoolean(),
                        limits.catchUpLimit())) {
            catchUp.start(feed);
        }
    }

    /// `room.removed` may be an old one, told again: only subscribing shows whether the room is still ours.
    void removed(UUID room) {
        if (feeds.containsKey(room)) {
            want(room);
        }
    }

    /// Listeners have room again.
    void hasRoomAgain() {
        catchUp.next();
    }

    private void want(UUID room) {
        if (link != null && !wanted.contains(room)) {
            wanted.addLast(room);
            subscribe();
        }
    }

    private void subscribe() {
        Link asked = link;
        if (asked == null || asking || wanted.isEmpty()) {
            return;
        }
        List<RoomFeed> rooms = new ArrayList<>();
        List<Map<String, Object>> wishes = new ArrayList<>();
        while (!wanted.isEmpty() && rooms.size() < ROOMS_A_FRAME) {
            RoomFeed feed = feeds.get(wanted.removeFirst());
            if (feed != null) {
                rooms.add(feed);
                wishes.add(wish(feed));
            }
        }
        if (!rooms.isEmpty()) {
            asking = true;
            asked.ask(Map.of("type", "subscribe", "rooms", wishes), answer -> subscribed(rooms, answer));
        }
    }

    private static Map<String, Object> wish(RoomFeed feed) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("room_id", feed.room());
        Position position = feed.position();
        if (position != null) {
            wish.put("after_seq", position.seq());
            if (position.logEpoch() != null) {
                wish.put("log_epoch", position.logEpoch());
            }
        }
        return wish;
    }

    private void subscribed(List<RoomFeed> rooms, Answer answer) {
        asking = false;
        switch (answer) {
            case Answer.Ack(JsonNode ack) -> {
                backoff.reset();
                ack.path("rooms").forEach(this::followed);
                refused(ack.path("errors"));
                subscribe();
            }
            case Answer.Failed failed
            when !failed.retryable() -> {
                rooms.stream().filter(this::has).forEach(feed -> lost(feed, failed.code()));
                subscribe();
            }
            case Answer.Failed failed -> again(rooms, failed.retryAfter());
            case Answer.TimedOut timedOut -> again(rooms, Duration.ZERO);
        }
    }

    /// Rooms that cannot be had now are asked for again, and hold up no others meanwhile.
    private void refused(JsonNode errors) {
        List<RoomFeed> notNow = new ArrayList<>();
        for (JsonNode refused : errors) {
            RoomFeed feed = room(refused).map(feeds::get).orElse(null);
            String code = refused.path("code").asText("unknown");
            if (feed != null && PASSING.contains(code)) {
                notNow.add(feed);
            } else if (feed != null) {
                lost(feed, code);
            }
        }
        if (notNow.isEmpty()) {
            roomBackoff.reset();
            return;
        }
        Link asked = link;
        loop.after(roomBackoff.next(), () -> {
            if (asked == link) {
                notNow.stream().filter(this::has).map(RoomFeed::room).forEach(this::want);
            }
        });
    }

    private void followed(JsonNode room) {
        RoomFeed feed = room(room).map(feeds::get).orElse(null);
        if (feed != null) {
            feed.followed(room.path("last_seq").asLong(), room.path("log_epoch").asLong());
        }
    }

    /// The order of the rooms does not matter; that they wait does.
    private void again(List<RoomFeed> rooms, Duration least) {
        Link asked = link;
        asking = true;
        loop.after(backoff.next(least), () -> {
            if (asked == link) {
                asking = false;
                rooms.stream().filter(this::has).map(RoomFeed::room).forEach(wanted::addLast);
                subscribe();
            }
        });
    }

    @Override
    public boolean has(RoomFeed feed) {
        return feeds.get(feed.room()) == feed;
    }

    /// An event of our own message is as good as its `ack`, and may be all that comes before the connection is lost.
    @Override
    public void seen(LogEvent event) {
        if (event instanceof LogEvent.MessageCreated created
                && created.message().sender().id().equals(self)
                && created.message().clientMessageId() != null) {
            outbox.find(event.roomId(), created.message().clientMessageId()).ifPresent(sending -> {
                outbox.stored(
                        sending,
                        new Receipt(
                                created.message().id(),
                                created.message().seq(),
                                created.message().timestamp()));
                onEcho.run();
            });
        }
    }

    @Override
    public void lost(RoomFeed feed, String code) {
        unfollow(feed.room());
        feed.lost(code);
    }

    @Override
    public void otherLog() {
        if (link != null) {
            link.abort("the server has another log");
        }
    }

    @Override
    public boolean hasRoom() {
        return !delivery.isFull();
    }

    @Override
    public void accept(RoomEvent event, int size) {
        delivery.event(event, size);
    }

    @Override
    public boolean isOverrun() {
        return delivery.isFull() && delivery.isStuckFor(limits.stallPatience());
    }

    private static Optional<UUID> room(JsonNode frame) {
        return EventReader.uuid(frame.path("room_id"));
    }
}
