package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.session.Tokens;
import java.util.UUID;

/// The log as the room service has it. A token that is refused is replaced once.
final class RestLog implements LogSource {

    private static final int UNAUTHORIZED = 401;

    private final Rest rest;
    private final Tokens tokens;

    RestLog(Rest rest, Tokens tokens) {
        this.rest = rest;
        this.tokens = tokens;
    }

    @Override
    public JsonNode page(UUID room, long afterSeq, int limit) {
        String path = "/chat/rooms/" + room + "/events/?after_seq=" + afterSeq + "&limit=" + limit;
        String token = tokens.access().value();
        try {
            return rest.get(path, token);
        } catch (ParleyException.Problem problem) {
            if (problem.status() != UNAUTHORIZED) {
                throw problem;
            }
            return rest.get(path, tokens.accessOtherThan(token).value());
        }
    }
}
