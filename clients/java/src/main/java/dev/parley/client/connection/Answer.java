package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// What became of a frame that wants an answer.
sealed interface Answer {

    record Ack(JsonNode frame) implements Answer {}

    /// @param retryable whether the same frame may succeed later
    /// @param retryAfter zero when the server did not say
    record Failed(String code, String detail, boolean retryable, Duration retryAfter) implements Answer {}

    /// Nothing was answered in time; it may have been carried out.
    record TimedOut() implements Answer {}

    // A link that ends answers nothing: whoever asked is detached from it, and asks the next one.
}
