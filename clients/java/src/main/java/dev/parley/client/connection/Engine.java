package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.event.AccountEvent;
import dev.parley.client.event.Event;
import dev.parley.client.event.EventReader;
import dev.parley.client.event.RoomEvent;
import dev.parley.client.http.Rest;
import dev.parley.client.outbox.Outbox;
import dev.parley.client.session.Tokens;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The live half of a client: its connection, and what is done over it.
///
/// *Thread*: any may call; what is asked for is done by the loop, in the order in which it was asked.
public final class Engine implements AutoCloseable {

    private static final long TYPING_REPEAT_NANOS = 2_000_000_000;

    private final Loop loop = new Loop();
    private final Delivery delivery;
    private final Connection connection;
    private final Feeds feeds;
    private final Sends sends;
    private final Reads reads;
    private final AtomicBoolean sendsAsked = new AtomicBoolean();
    private final Map<UUID, Long> typingSaid = new HashMap<>();
    private CompletableFuture<Void> online = new CompletableFuture<>();
    private @Nullable Link link;

    /// @param self the account that the tokens are of
    public Engine(
            HttpClient http,
            Rest rest,
            Tokens tokens,
            UUID self,
            Outbox outbox,
            Delivery delivery,
            ClientLimits limits,
            InstantSource clock) {
        this.delivery = delivery;
        this.sends = new Sends(loop, outbox, limits);
        this.reads = new Reads(loop, limits);
        LogSource log = new RestLog(rest, tokens);
        this.feeds = new Feeds(loop, delivery, self, outbox, limits, log, sends::next);
        Dialer dialer = new Dialer(http, rest, tokens, limits.timing().connectPatience());
        this.connection = new Connection(loop, limits, clock, dialer, tokens, delivery, new Traffic());
        delivery.start(() -> loop.post(() -> {
            connection.hasRoomAgain();
            feeds.hasRoomAgain();
        }));
    }

    public ConnectionState state() {
        return connection.state();
    }

    /// Wants a connection from now on.
    ///
    /// @return completes when it is online; fails with [ConnectionEndedException] when it was given up instead,
    /// and is cancelled when it is not wanted any more
    public CompletableFuture<Void> connect() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        loop.post(() -> {
            if (connection.state() instanceof ConnectionState.Ended) {
                online = new CompletableFuture<>();
            }
            online.whenComplete((done, failure) -> {
                if (failure == null) {
                    answer.complete(null);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            connection.connect();
        });
        return answer;
    }

    public void hurry() {
        loop.post(connection::hurry);
    }

    public void disconnect() {
        loop.post(connection::disconnect);
    }

    public void follow(UUID room, @Nullable Position from) {
        loop.post(() -> feeds.follow(room, from));
    }

    public void unfollow(UUID room) {
        loop.post(() -> feeds.unfollow(room));
    }

    /// The outbox has something new.
    public void send() {
        if (sendsAsked.compareAndSet(false, true)) {
            loop.post(() -> {
                sendsAsked.set(false);
                sends.next();
            });
        }
    }

    public void markRead(UUID room, long seq) {
        loop.post(() -> reads.mark(room, seq));
    }

    /// Said only while online, and repeated at most every two seconds.
    public void typing(UUID room, boolean isTyping) {
        loop.post(() -> {
            long now = System.nanoTime();
            Long said = typingSaid.get(room);
            boolean isNews = isTyping ? said == null || now - said >= TYPING_REPEAT_NANOS : said != null;
            if (link != null && isNews) {
                if (isTyping) {
                    typingSaid.put(room, now);
                } else {
                    typingSaid.remove(room);
                }
                link.tell(Map.of("type", "typing", "room_id", room, "is_typing", isTyping));
            }
        });
    }

    /// Closes the socket and ends the threads; when it returns, the outbox is not touched any more. No listener is
    /// called afterwards but the one that is.
    @Override
    public void close() {
        delivery.close();
        loop.post(() -> {
            connection.disconnect();
            loop.end();
        });
        loop.awaitEnd();
    }

    private final class Traffic implements Connection.User {

        @Override
        public void attached(Link next) {
            link = next;
            feeds.attach(next);
            sends.attach(next);
            reads.attach(next);
        }

        @Override
        public void detached() {
            link = null;
            typingSaid.clear();
            feeds.detach();
            sends.detach();
            reads.detach();
        }

        @Override
        public void became(ConnectionState state) {
            switch (state) {
                case ConnectionState.Online up -> Thread.startVirtualThread(settle(done -> done.complete(null)));
                case ConnectionState.Ended(String code, String detail) ->
                    Thread.startVirtualThread(
                            settle(done -> done.completeExceptionally(new ConnectionEndedException(code, detail))));
                case ConnectionState.Offline off -> {
                    Thread.startVirtualThread(settle(done -> done.cancel(false)));
                    online = new CompletableFuture<>();
                }
                case ConnectionState.Connecting on -> {}
                case ConnectionState.Moving on -> {}
                case ConnectionState.Reconnecting on -> {}
            }
        }

        /// What depends on the future must not run on the loop.
        private Runnable settle(Consumer<CompletableFuture<Void>> how) {
            CompletableFuture<Void> settled = online;
            return () -> how.accept(settled);
        }

        @Override
        public void frame(JsonNode frame, int size) {
            if (frame.path("type").asText().equals("resumed")) {
                feeds.resumed(frame);
                return;
            }
            EventReader.logEvent(frame)
                    .ifPresentOrElse(event -> feeds.event(event, size), () -> moment(EventReader.event(frame), size));
        }

        /// What has no `seq` is the first thing to go when listeners have no room.
        private void moment(Event event, int size) {
            if (event instanceof AccountEvent.RoomRemoved removed) {
                feeds.removed(removed.roomId());
            }
            boolean isForeign = event instanceof RoomEvent ofRoom && !feeds.follows(ofRoom.roomId());
            if (!isForeign && !feeds.isOverrun()) {
                delivery.event(event, size);
            }
        }
    }
}
