package dev.parley.client.connection;

import java.time.Instant;

/// Whether there is a socket, and what is done about it.
public sealed interface ConnectionState {

    /// None is wanted: never asked for, or disconnected.
    record Offline() implements ConnectionState {}

    /// A socket is being opened.
    record Connecting() implements ConnectionState {}

    /// The server has said `hello`.
    record Online(String connectionId) implements ConnectionState {}

    /// The server is about to stop. The socket still works; another is opened before it is closed.
    record Moving() implements ConnectionState {}

    /// The socket was lost; the next try is at `retryAt`.
    ///
    /// @param cause for people
    record Reconnecting(Instant retryAt, String cause) implements ConnectionState {}

    /// Given up: without a new cause (a login, another URL) it cannot work. `connect()` tries again.
    ///
    /// @param code `unauthenticated`, `token_reused`, `no_session`, `forbidden`, `room_not_found`, `malformed` or
    /// `not_found`
    /// @param detail for people
    record Ended(String code, String detail) implements ConnectionState {}
}
