package dev.parley.client;

import dev.parley.client.connection.Delivery;
import dev.parley.client.connection.Engine;
import dev.parley.client.connection.Position;
import dev.parley.client.connection.Registration;
import dev.parley.client.event.LogEvent;
import dev.parley.client.event.RoomEvent;
import dev.parley.client.outbox.Outbox;
import dev.parley.client.outbox.Sending;
import dev.parley.client.rest.chat.model.HistoryPage;
import dev.parley.client.rest.chat.model.Message;
import dev.parley.client.rest.chat.model.MessageEdit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A room, and what one does in it.
///
/// *Thread*: any. What goes over REST blocks and throws [ParleyException]; the rest returns at once, online or not.
public final class Room {

    private final UUID id;
    private final Engine engine;
    private final Delivery delivery;
    private final Outbox outbox;
    private final RestApis rest;

    Room(UUID id, Engine engine, Delivery delivery, Outbox outbox, RestApis rest) {
        this.id = id;
        this.engine = engine;
        this.delivery = delivery;
        this.outbox = outbox;
        this.rest = rest;
    }

    public UUID id() {
        return id;
    }

    /// Tells listeners what happens from now on. Register them first, or they miss the beginning.
    public Room follow() {
        engine.follow(id, null);
        return this;
    }

    /// Tells listeners what happened after a position, and then what happens. A room that is followed already
    /// stays where it is.
    ///
    /// @param after how far the application knows the room, as it has kept it: `new Position(0, null)` for all
    /// of it
    public Room follow(Position after) {
        engine.follow(id, after);
        return this;
    }

    /// Tells listeners nothing more of the room, but what they are about to be told.
    public void unfollow() {
        engine.unfollow(id);
    }

    /// Sends a message: at once, or when there is a connection. Messages of a room are stored in the order in which
    /// they
    /// were sent here.
    ///
    /// @throws dev.parley.client.outbox.OutboxFullException if too many wait
    /// @throws java.io.UncheckedIOException if the store cannot keep it
    public Sending send(String content) {
        return send(content, null, UUID.randomUUID().toString());
    }

    /// Sends a reply to a message of this room.
    public Sending reply(UUID messageId, String content) {
        return send(content, messageId, UUID.randomUUID().toString());
    }

    /// Sends a message with an id of one's own: however often it is sent, also by another process, there is one.
    ///
    /// @param clientMessageId 1 to 64 printable ASCII characters, of this sender and room for ever
    public Sending send(String content, @Nullable UUID replyTo, String clientMessageId) {
        Sending sending = outbox.add(id, clientMessageId, content, replyTo);
        engine.send();
        return sending;
    }

    /// One's own messages here that are not stored yet, in order: what to show below the history.
    public List<Sending> pending() {
        return outbox.pending().stream()
                .filter(sending -> sending.message().roomId().equals(id))
                .toList();
    }

    /// Moves one's read cursor, when there is a connection; it never moves back.
    public void markRead(long seq) {
        engine.markRead(id, seq);
    }

    /// Tells the others that one types. Say it again every few seconds while it is so; offline it is not told.
    public void typing(boolean isTyping) {
        engine.typing(id, isTyping);
    }

    public dev.parley.client.rest.chat.model.Room info() {
        return rest.call(() -> rest.rooms().getRoom(id));
    }

    /// The newest messages, by ascending `seq`.
    ///
    /// @param limit 1 to 100
    public HistoryPage history(int limit) {
        return rest.call(() -> rest.messages().listMessages(id, null, null, null, limit));
    }

    /// The messages before a `seq`, by ascending `seq`.
    ///
    /// @param limit 1 to 100
    public HistoryPage historyBefore(long seq, int limit) {
        return rest.call(() -> rest.messages().listMessages(id, null, null, seq, limit));
    }

    public Message edit(UUID messageId, String content) {
        return rest.call(() -> rest.messages().editMessage(messageId, id, new MessageEdit().content(content)));
    }

    public void delete(UUID messageId) {
        rest.call(() -> {
            rest.messages().deleteMessage(messageId, id);
            return id;
        });
    }

    public void react(UUID messageId, String emoji) {
        rest.call(() -> {
            rest.reactions().addReaction(emoji, messageId, id);
            return id;
        });
    }

    public void unreact(UUID messageId, String emoji) {
        rest.call(() -> {
            rest.reactions().removeReaction(emoji, messageId, id);
            return id;
        });
    }

    /// Calls the listener for each event of the room.
    public Registration onEvent(Consumer<RoomEvent> listener) {
        return delivery.onRoomEvent(id, listener);
    }

    /// Calls the listener for each message that is sent, one's own too.
    public Registration onMessage(Consumer<LogEvent.MessageCreated> listener) {
        return onEvent(event -> {
            if (event instanceof LogEvent.MessageCreated created) {
                listener.accept(created);
            }
        });
    }
}
