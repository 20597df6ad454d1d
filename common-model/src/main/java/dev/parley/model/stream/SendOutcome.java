package dev.parley.model.stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.model.id.MessageId;
import dev.parley.model.problem.ProblemCode;
import java.time.Instant;

/// What became of a [SendCommand].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SendOutcome.Stored.class, name = "stored"),
    @JsonSubTypes.Type(value = SendOutcome.Refused.class, name = "refused")
})
public sealed interface SendOutcome {

    /// The message is committed in PostgreSQL.
    /// @param duplicate it had been stored before this command was looked at
    record Stored(MessageId messageId, long seq, Instant timestamp, boolean duplicate) implements SendOutcome {}

    /// The message is not stored, and will not be unless it is sent again.
    record Refused(ProblemCode code, String detail) implements SendOutcome {}
}
