package dev.parley.room.log;

/// What an event says of a reaction.
/// @param count how many users' reaction the emoji is after the event
public record ReactionState(String emoji, int count) {}
