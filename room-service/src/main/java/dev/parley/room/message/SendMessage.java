package dev.parley.room.message;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.log.LockMode;
import dev.parley.room.log.Relay;
import dev.parley.room.participant.Standings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Sends one message over REST: a batch of one for the writer.
@ApplicationScoped
class SendMessage {

    /// What became of it.
    sealed interface Sent {

        record Now(MessageView message) implements Sent {}

        /// A repeat: the message as it is at present.
        record Before(MessageView message) implements Sent {}

        record Refused(ProblemCode code, String detail) implements Sent {}

        /// The message replied to is not in the room.
        record NoSuchTarget() implements Sent {}
    }

    private final MessageWriter writer;
    private final Relay relay;
    private final History history;
    private final Standings standings;

    SendMessage(MessageWriter writer, Relay relay, History history, Standings standings) {
        this.writer = writer;
        this.relay = relay;
        this.history = history;
        this.standings = standings;
    }

    /// @param command well-formed
    Sent send(RoomId room, UserId sender, SendCommand command) {
        var written = writer.write(List.of(new Sends(room, sender, null, List.of(command))), LockMode.WAIT);
        relay.publish(written.events());
        return switch (written.results().getFirst()) {
            case SendsResult.Decided(var outcomes) ->
                switch (outcomes.getFirst()) {
                    case SendOutcome.Stored stored
                    when stored.duplicate() -> new Sent.Before(repeated(room, sender, stored.messageId()));
                    case SendOutcome.Stored _ -> new Sent.Now(created(written));
                    // The command is well-formed, so only its target can be invalid.
                    case SendOutcome.Refused(var code, var _)
                    when code == ProblemCode.VALIDATION_FAILED -> new Sent.NoSuchTarget();
                    case SendOutcome.Refused(var code, var detail) -> new Sent.Refused(code, detail);
                };
            case SendsResult.RoomBusy() -> throw ProblemException.of(ProblemCode.UNAVAILABLE);
        };
    }

    private static MessageView created(WrittenBatch written) {
        return switch (written.events().getFirst().event()) {
            case RoomEvent.MessageCreated(var _, var _, var _, var _, var message) -> MessageView.ofNew(message);
            case RoomEvent other -> throw new IllegalStateException("a send made " + other.type());
        };
    }

    /// Who has left since sees his own message without the others' reading; a deleted room is gone for all.
    private MessageView repeated(RoomId room, UserId sender, MessageId id) {
        return history.one(standings.find(room, sender).orElseGet(() -> standings.ofFormer(room, sender)), id);
    }
}
