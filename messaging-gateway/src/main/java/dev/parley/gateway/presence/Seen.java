package dev.parley.gateway.presence;

import java.time.Instant;

/// What Redis says of one user.
/// @param lastActiveAt when a socket of the user was known to be open last, give or take a refresh
record Seen(boolean isOnline, Instant lastActiveAt) {}
