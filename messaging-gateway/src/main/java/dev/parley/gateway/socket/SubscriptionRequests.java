package dev.parley.gateway.socket;

import dev.parley.gateway.feed.Resume;
import dev.parley.gateway.feed.RoomFeed;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.ClientFrame.Subscribe.Wish;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.frame.ServerFrame.SubscribeAck;
import dev.parley.gateway.participation.StandingLookups;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Standing;
import dev.parley.model.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out the `subscribe` and `unsubscribe` of one socket, one after the other as they came: what a client
/// said last holds, and the ack of each is before the first event it leads to.
///
/// Thread: the socket's event loop.
final class SubscriptionRequests {

    private static final String TOO_MANY = "too many subscriptions are on their way";
    private static final String NOT_NOW = "the rooms cannot be looked up now; subscribe again";

    private final ChatSocket socket;
    private final Subscriptions subscriptions;
    private final RoomFeeds feeds;
    private final StandingLookups lookups;
    private final int maxSubscriptions;
    private final @Nullable RoomId ownRoom;
    private final Deque<ClientFrame> waiting = new ArrayDeque<>(1);
    private int waitingRooms;
    private boolean underWay;

    /// @param ownRoom the only one that may be followed; null when any may
    SubscriptionRequests(
            ChatSocket socket, Subscriptions subscriptions, SocketServices services, @Nullable RoomId ownRoom) {
        this.socket = socket;
        this.subscriptions = subscriptions;
        this.feeds = services.feeds;
        this.lookups = services.lookups;
        this.maxSubscriptions = services.config.maxSubscriptions();
        this.ownRoom = ownRoom;
    }

    void subscribe(ClientFrame.Subscribe frame) {
        take(frame);
    }

    void unsubscribe(ClientFrame.Unsubscribe frame) {
        take(frame);
    }

    private void take(ClientFrame frame) {
        var rooms = size(frame);
        if (waitingRooms + rooms > 2 * maxSubscriptions) {
            refuse(frame.id(), ProblemCode.RATE_LIMITED, TOO_MANY);
            return;
        }
        waitingRooms += rooms;
        waiting.add(frame);
        next();
    }

    private static int size(ClientFrame frame) {
        return frame instanceof ClientFrame.Subscribe subscribe
                ? subscribe.rooms().size() + 1
                : 1;
    }

    private void next() {
        while (!underWay && !waiting.isEmpty() && !socket.isClosing()) {
            var frame = waiting.removeFirst();
            waitingRooms -= size(frame);
            if (frame instanceof ClientFrame.Subscribe subscribe) {
                new Request(subscribe).start();
            } else if (frame instanceof ClientFrame.Unsubscribe unsubscribe) {
                carryOut(unsubscribe);
            }
        }
    }

    /// A room that was not followed, or never was one, is not followed afterwards either: no reason for an error.
    private void carryOut(ClientFrame.Unsubscribe frame) {
        if (ownRoom != null) {
            refuse(
                    frame.id(),
                    ProblemCode.VALIDATION_FAILED,
                    "this socket follows the room of its URL; close it, or use the URL for many rooms");
            return;
        }
        room(frame.roomId()).ifPresent(subscriptions::remove);
        frame.id().ifPresent(id -> socket.answer(new ServerFrame.UnsubscribeAck(id)));
    }

    private void refuse(Optional<String> id, ProblemCode code, String detail) {
        id.ifPresent(known -> socket.answer(ServerFrame.Failure.of(known, code, detail)));
    }

    private static Optional<RoomId> room(String text) {
        try {
            return Optional.of(RoomId.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// One `subscribe` on its way.
    private final class Request {

        private final ClientFrame.Subscribe frame;
        private final Map<RoomId, Wish> wanted = new LinkedHashMap<>();
        private final Map<RoomId, RoomFeed> followed = new LinkedHashMap<>();
        private final List<SubscribeAck.Refused> refused = new ArrayList<>();

        private Request(ClientFrame.Subscribe frame) {
            this.frame = frame;
        }

        /// The feeds follow the relay first, and only then participation and heads are asked for: nothing falls
        /// between.
        private void start() {
            var free = maxSubscriptions - subscriptions.size();
            for (var wish : frame.rooms()) {
                var room = room(wish.roomId());
                if (room.isEmpty()) {
                    refuse(wish, ProblemCode.ROOM_NOT_FOUND);
                } else if (subscriptions.has(room.get()) || wanted.containsKey(room.get())) {
                    wanted.putIfAbsent(room.get(), wish);
                } else if ((ownRoom != null && !ownRoom.equals(room.get())) || free-- <= 0) {
                    refuse(wish, ProblemCode.VALIDATION_FAILED);
                } else {
                    wanted.put(room.get(), wish);
                }
            }
            if (wanted.isEmpty()) {
                answer(List.of());
                return;
            }
            underWay = true;
            wanted.keySet().forEach(room -> followed.put(room, feeds.follow(room)));
            lookups.of(socket.userId(), List.copyOf(wanted.keySet()))
                    .whenComplete((standings, failure) -> socket.eventLoop().execute(() -> {
                        underWay = false;
                        if (!socket.isClosing()) {
                            answered(standings);
                        }
                        wanted.keySet().forEach(feeds::abandon);
                        next();
                    }));
        }

        private void refuse(Wish wish, ProblemCode code) {
            refused.add(new SubscribeAck.Refused(wish.roomId(), code));
        }

        private void answered(@Nullable Map<RoomId, Standing> standings) {
            if (standings == null) {
                SubscriptionRequests.this.refuse(frame.id(), ProblemCode.UNAVAILABLE, NOT_NOW);
                return;
            }
            var rooms = new ArrayList<SubscribeAck.Followed>();
            wanted.forEach((room, wish) -> {
                var standing = standings.get(room);
                if (standing == null) {
                    refuse(wish, ProblemCode.ROOM_NOT_FOUND);
                } else {
                    rooms.add(new SubscribeAck.Followed(room, standing.lastSeq(), standing.logEpoch()));
                }
            });
            answer(rooms);
            rooms.forEach(room -> follow(room.roomId(), standings.get(room.roomId())));
            subscriptions.startWaiting();
        }

        private void follow(RoomId room, Standing standing) {
            var feed = followed.get(room);
            if (feed != null) {
                feed.start(standing.lastSeq(), standing.logEpoch());
            }
            var wish = wanted.get(room);
            if (wish != null && !subscriptions.has(room)) {
                subscriptions.add(
                        room, standing, wish.afterSeq() == null ? null : new Resume(wish.afterSeq(), wish.logEpoch()));
            }
        }

        private void answer(List<SubscribeAck.Followed> rooms) {
            frame.id().ifPresent(id -> socket.answer(new SubscribeAck(id, rooms, refused)));
        }
    }
}
