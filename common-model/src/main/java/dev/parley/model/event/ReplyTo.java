package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.MessageId;

/// The message of the same room that another one answers.
@JsonPropertyOrder({"id", "seq"})
public record ReplyTo(MessageId id, long seq) {}
