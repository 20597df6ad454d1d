package dev.parley.room.log;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events that one transaction is going to append to one log; numbers them. Thread: one.
public final class PendingEvents {

    private final LockedRoom room;
    private final UserId actor;
    private final Instant now;
    private final List<NewEvent> events = new ArrayList<>();

    PendingEvents(LockedRoom room, UserId actor, Instant now) {
        this.room = room;
        this.actor = actor;
        this.now = now;
    }

    /// When the events happen.
    public Instant now() {
        return now;
    }

    /// The `seq` that the next event will have.
    public long nextSeq() {
        return room.lastSeq() + events.size() + 1;
    }

    /// An event of the room itself.
    public void add(String type) {
        add(type, null, null, null, null);
    }

    /// An event of a message of the room.
    public void add(String type, MessageId message) {
        add(type, message, null, null, null);
    }

    /// An event of a participant.
    /// @param state how it leaves him; null when he is removed
    public void add(String type, UserId user, @Nullable ParticipantState state) {
        add(type, null, user, state, null);
    }

    /// An event of the actor's reaction to a message of the room.
    public void add(String type, MessageId message, ReactionState reaction) {
        add(type, message, null, null, reaction);
    }

    private void add(
            String type,
            @Nullable MessageId message,
            @Nullable UserId user,
            @Nullable ParticipantState state,
            @Nullable ReactionState reaction) {
        events.add(new NewEvent(room.id(), nextSeq(), type, actor, message, user, state, reaction, now));
    }

    List<NewEvent> events() {
        return events;
    }
}
