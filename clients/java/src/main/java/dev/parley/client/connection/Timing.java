package dev.parley.client.connection;

import java.time.Duration;

/// How long the connection waits for what.
///
/// @param backoffBase the most that is waited before the first try; doubled with each try. Lower: a server that comes
/// back meets everybody at once
/// @param backoffCap the most that is ever waited by itself. Higher: a client notices later that a server is back
/// @param stableAfter how long a socket has to live until the next loss counts as the first again
/// @param connectPatience for TCP, upgrade and `hello`, each
/// @param answerPatience for the answer to a frame; the server promises 30 s
/// @param stallPatience how long one call of a listener may hold up the reading of the socket. Then it is read on, and
/// what the listener has no room for is fetched over REST later
public record Timing(
        Duration backoffBase,
        Duration backoffCap,
        Duration stableAfter,
        Duration connectPatience,
        Duration answerPatience,
        Duration stallPatience) {

    public static Timing defaults() {
        return new Timing(
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(35),
                Duration.ofSeconds(5));
    }
}
