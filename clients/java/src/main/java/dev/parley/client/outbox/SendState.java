package dev.parley.client.outbox;

/// How far a message has come.
public enum SendState {
    /// Kept here, to be sent when its turn comes.
    QUEUED,
    /// On its way. It goes back to [#QUEUED] when the connection is lost, or the server could not say whether it is
    /// stored.
    SENT,
    /// Committed by the server. Final.
    STORED,
    /// Not taken by the server, and never will be. Final.
    REFUSED
}
