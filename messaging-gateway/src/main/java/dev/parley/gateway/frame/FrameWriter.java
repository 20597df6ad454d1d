package dev.parley.gateway.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/// Renders the server's frames. Thread-safe.
@ApplicationScoped
public class FrameWriter {

    private final ObjectMapper json;

    FrameWriter(ObjectMapper json) {
        this.json = json;
    }

    /// One JSON object in UTF-8.
    public byte[] write(ServerFrame frame) {
        try {
            return json.writeValueAsBytes(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame is always JSON", e);
        }
    }
}
