package dev.parley.client.session;

import java.util.UUID;

/// A login that can be gone on with after a restart.
///
/// @param refreshToken works once, and for whoever has it: keep it as a password is kept
public record Session(UUID userId, String username, String refreshToken) {

    /// Without the token: it belongs in no log.
    @Override
    public String toString() {
        return "Session[userId=" + userId + ", username=" + username + "]";
    }
}
