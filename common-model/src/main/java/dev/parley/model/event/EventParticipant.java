package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/// A participant as the event left him; only the user is shown as he is at present.
/// @param role `owner`, `admin` or `member`
@JsonPropertyOrder({"user", "role", "joined_at", "last_read_seq"})
public record EventParticipant(UserRef user, String role, Instant joinedAt, long lastReadSeq) {}
