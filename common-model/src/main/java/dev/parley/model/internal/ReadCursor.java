package dev.parley.model.internal;

/// A participant's read cursor after a [ReadCommand].
/// @param lastReadSeq never lower than before
/// @param unreadCount others' undeleted messages past it, 100 meaning "100 or more"
public record ReadCursor(long lastReadSeq, int unreadCount) {}
