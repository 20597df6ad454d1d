package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// How many users reacted to a message with one emoji.
@JsonPropertyOrder({"emoji", "count"})
public record ReactionCount(String emoji, int count) {}
