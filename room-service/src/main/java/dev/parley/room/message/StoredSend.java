package dev.parley.room.message;

import dev.parley.model.id.MessageId;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/// A message that was sent before with a `client_message_id`.
/// @param hash of what was first sent, by [#hash]
record StoredSend(MessageId id, long seq, Instant timestamp, UUID hash) {

    /// The first 128 bits of the SHA-256 of a command's content and reply target, as PostgreSQL's type of that size.
    static UUID hash(SendCommand command) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(command.content().getBytes(StandardCharsets.UTF_8));
            // Content has no U+0000, so the two members cannot run into one another.
            digest.update((byte) 0);
            if (command.replyToId() != null) {
                digest.update(command.replyToId().toString().getBytes(StandardCharsets.US_ASCII));
            }
            var bits = ByteBuffer.wrap(digest.digest());
            return new UUID(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean repeats(UUID other) {
        return hash.equals(other);
    }

    SendOutcome asDuplicate() {
        return new SendOutcome.Stored(id, seq, timestamp, true);
    }
}
