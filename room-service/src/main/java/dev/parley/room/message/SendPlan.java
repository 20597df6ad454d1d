package dev.parley.room.message;

import dev.parley.model.event.EventMessage;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.log.Advance;
import dev.parley.room.log.LockedRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of the commands of one transaction, in their order, and numbers what is to be stored.
/// For each command: well-formed → repeat of an earlier one (stored, or before it in this batch) → room deleted →
/// participation → reply target → whether the room is read-only. Only what is stored takes a `seq`.
///
/// Thread: one; made for one transaction.
final class SendPlan {

    private final SendFacts facts;
    private final Instant now;
    private final Map<SendKey, StoredSend> stored;
    private final Map<RoomId, Long> lastSeqs = new HashMap<>();
    private final List<NewMessage> messages = new ArrayList<>();

    SendPlan(SendFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
        this.stored = new HashMap<>(facts.repeats());
    }

    SendsResult decide(Sends sends) {
        if (facts.rooms().busy().contains(sends.roomId())) {
            return new SendsResult.RoomBusy();
        }
        return new SendsResult.Decided(
                sends.commands().stream().map(command -> decide(sends, command)).toList());
    }

    /// What to insert, in the order of `seq` within each room.
    List<NewMessage> messages() {
        return messages;
    }

    /// Where the logs of the rooms end afterwards.
    Collection<Advance> advances() {
        var advances = new HashMap<RoomId, Advance>();
        for (var each : messages) {
            var seq = each.message().seq();
            advances.put(each.room().id(), new Advance(each.room(), seq, seq, now));
        }
        return advances.values();
    }

    private SendOutcome decide(Sends sends, SendCommand command) {
        var violation = Violations.of(command, sends.origin() != null);
        if (violation.isPresent()) {
            return new SendOutcome.Refused(ProblemCode.VALIDATION_FAILED, violation.get());
        }
        var hash = StoredSend.hash(command);
        var earlier = earlier(sends, command);
        if (earlier.isPresent()) {
            return earlier.get().repeats(hash)
                    ? earlier.get().asDuplicate()
                    : refused(ProblemCode.IDEMPOTENCY_CONFLICT);
        }
        var room = facts.rooms().rooms().get(sends.roomId());
        var sender = facts.participant(sends.roomId(), sends.senderId());
        if (room == null || room.deleted() || sender == null) {
            return refused(ProblemCode.ROOM_NOT_FOUND);
        }
        var target = command.replyToId() == null ? null : facts.target(room.id(), command.replyToId());
        if (command.replyToId() != null && target == null) {
            return new SendOutcome.Refused(
                    ProblemCode.VALIDATION_FAILED, "reply_to_id must be a message of the same room");
        }
        if (room.readOnly()) {
            return new SendOutcome.Refused(ProblemCode.FORBIDDEN, LockedRoom.READ_ONLY);
        }
        var replyTo = target == null ? null : new ReplyTo(command.replyToId(), target);
        return store(room, sender, sends, command, replyTo, hash);
    }

    private Optional<StoredSend> earlier(Sends sends, SendCommand command) {
        return key(sends, command).map(stored::get);
    }

    private SendOutcome store(
            LockedRoom room, UserRef sender, Sends sends, SendCommand command, @Nullable ReplyTo replyTo, UUID hash) {
        var seq = lastSeqs.merge(room.id(), room.lastSeq() + 1, (last, first) -> last + 1);
        var id = MessageIds.of(now, seq);
        var key = key(sends, command);
        key.ifPresent(repeatable -> stored.put(repeatable, new StoredSend(id, seq, now, hash)));
        var message = new EventMessage(
                id,
                room.id(),
                seq,
                sender,
                command.content(),
                command.clientMessageId(),
                replyTo,
                now,
                null,
                null,
                List.of());
        var cause = sends.origin() == null ? null : new RelayEntry.Cause(sends.origin(), command.ref());
        messages.add(new NewMessage(room, message, key.isPresent() ? hash : null, cause));
        return new SendOutcome.Stored(id, seq, now, false);
    }

    private static Optional<SendKey> key(Sends sends, SendCommand command) {
        return Optional.ofNullable(command.clientMessageId())
                .map(id -> new SendKey(sends.roomId(), sends.senderId(), id));
    }

    private static SendOutcome refused(ProblemCode code) {
        return new SendOutcome.Refused(code, code.title());
    }
}
