package dev.parley.room.log;

import java.time.Instant;

/// What an event says of a participant beside who he is. It is kept with the event: he may have left when the log
/// is read.
public record ParticipantState(String role, Instant joinedAt, long lastReadSeq) {}
