package dev.parley.model.internal;

/// A participant's room at one moment: read in one statement, so that `last_seq` and participation belong together.
/// @param lastSeq the room's newest event; what comes later has a higher `seq`
public record Standing(long lastSeq, long logEpoch) {}
