package dev.parley.room.reaction;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How many users reacted to a message with one emoji.
/// @param reacted whether the reader is one of them
@JsonPropertyOrder({"emoji", "count", "reacted"})
@Schema(name = "Reaction")
public record ReactionView(String emoji, int count, boolean reacted) {}
