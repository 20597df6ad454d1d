package dev.parley.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.auth.account.User;
import org.jspecify.annotations.Nullable;

/// What a client gets for proving who it is.
/// @param refreshToken null when it travels in a cookie
/// @param expiresIn until the access token is over, in seconds
@JsonPropertyOrder({"access_token", "refresh_token", "token_type", "expires_in", "user"})
public record Tokens(
        String accessToken,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refreshToken,
        String tokenType,
        long expiresIn,
        User user) {

    Tokens withoutRefreshToken() {
        return new Tokens(accessToken, null, tokenType, expiresIn, user);
    }

    /// Without the tokens: a log line is no place for them.
    @Override
    public String toString() {
        return "Tokens[user=" + user.id() + "]";
    }
}
