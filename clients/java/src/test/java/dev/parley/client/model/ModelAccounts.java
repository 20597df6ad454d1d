package dev.parley.client.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Accounts, tokens and tickets, as the auth service has them. *Thread*: under the lock of its [ModelState].
final class ModelAccounts {

    private final Map<String, UUID> users = new HashMap<>();
    private final Map<String, String> accessTokens = new HashMap<>();
    private final Set<String> expired = new HashSet<>();
    private final Set<String> expiredOf = new HashSet<>();
    private final Map<String, String> refreshTokens = new HashMap<>();
    private final Map<String, ObjectNode> successors = new HashMap<>();
    private final Map<String, String> tickets = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private int number;
    private int refreshes;
    long lifetimeSeconds = 900;

    UUID user(String name) {
        return users.computeIfAbsent(name, unknown -> UUID.nameUUIDFromBytes(unknown.getBytes(StandardCharsets.UTF_8)));
    }

    ObjectNode login(String name) {
        number++;
        String access = "access-" + name + "-" + number;
        String refresh = "refresh-" + name + "-" + number;
        accessTokens.put(access, name);
        refreshTokens.put(refresh, name);
        ObjectNode tokens = Json.MAPPER.createObjectNode();
        tokens.put("access_token", access)
                .put("refresh_token", refresh)
                .put("token_type", "Bearer")
                .put("expires_in", lifetimeSeconds);
        tokens.putObject("user").put("id", user(name).toString()).put("username", name);
        return tokens;
    }

    /// The tokens, or the code of a 401. A spent token has the same successor as long as that one is unused.
    Object refresh(String token) {
        refreshes++;
        String name = refreshTokens.get(token);
        if (name == null || ended.contains(name)) {
            return "unauthenticated";
        }
        ObjectNode successor = successors.get(token);
        if (successor == null) {
            successor = login(name);
            successors.put(token, successor);
        } else if (successors.containsKey(successor.get("refresh_token").asText())) {
            ended.add(name);
            return "token_reused";
        }
        return successor;
    }

    int refreshes() {
        return refreshes;
    }

    /// Whose token it is; null when it is none, or expired, or of a session that has ended.
    @Nullable
    String bearer(@Nullable String access) {
        String name = accessTokens.get(access);
        return name == null || expired.contains(access) || ended.contains(name) ? null : name;
    }

    /// Lets a token expire, unless one of its user's has: a second one so soon would be no expiry.
    boolean expire(String access) {
        return expiredOf.add(String.valueOf(accessTokens.get(access))) && expired.add(access);
    }

    void expireAll(String name) {
        accessTokens.forEach((access, of) -> {
            if (of.equals(name)) {
                expired.add(access);
            }
        });
    }

    void end(String name) {
        ended.add(name);
    }

    String ticket(String access) {
        String ticket = "ticket-" + ++number;
        tickets.put(ticket, access);
        return ticket;
    }

    /// The access token behind a ticket, once.
    @Nullable
    String redeem(@Nullable String ticket) {
        return tickets.remove(ticket);
    }
}
