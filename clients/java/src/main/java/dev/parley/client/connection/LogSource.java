package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/// Where a room's log can be read from. It blocks, and throws what REST calls throw.
interface LogSource {

    /// `GET /chat/rooms/{id}/events/`: at most `limit` events after `afterSeq`.
    JsonNode page(UUID room, long afterSeq, int limit);
}
