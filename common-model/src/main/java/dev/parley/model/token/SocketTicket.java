package dev.parley.model.token;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// What a ticket for one socket stands for: the bearer who asked for it. The auth service puts it into Redis for
/// [#LIFETIME], the gateway takes it out (`GETDEL`), so it works once.
/// @param expiresAt when the bearer's access token expires, to the second; the socket's right ends with it
public record SocketTicket(UserId userId, SessionId sessionId, String username, Instant expiresAt) {

    /// How long a ticket waits to be used.
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    /// What every ticket starts with, and no access token does.
    public static final String PREFIX = "tkt_";

    /// Where a ticket is in Redis: under its hash, so that whoever lists the keys has no ticket.
    public static String key(String ticket) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return "ticket:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The value in Redis. No part of it can hold a space.
    public String toText() {
        return String.join(
                " ", userId.toString(), sessionId.toString(), username, Long.toString(expiresAt.getEpochSecond()));
    }

    /// @throws IllegalArgumentException if `text` is not as [#toText] writes it
    public static SocketTicket of(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a ticket");
        }
        return new SocketTicket(
                UserId.fromString(parts[0]),
                SessionId.fromString(parts[1]),
                parts[2],
                Instant.ofEpochSecond(Long.parseLong(parts[3])));
    }
}
