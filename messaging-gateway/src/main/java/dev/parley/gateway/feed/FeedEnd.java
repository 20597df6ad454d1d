package dev.parley.gateway.feed;

/// Why a subscription ended without the reader's wish.
public enum FeedEnd {
    /// The reader's user is no participant any more.
    NOT_A_PARTICIPANT,
    /// The room was deleted.
    ROOM_DELETED,
    /// A gap in the log could not be closed in time, or the log was restored from a backup.
    INTERNAL_GAP
}
