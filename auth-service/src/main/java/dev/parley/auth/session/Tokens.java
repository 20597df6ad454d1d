package dev.parley.auth.session;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.auth.account.User;

/// What a client gets for proving who it is.
/// @param expiresIn until the access token is over, in seconds
@JsonPropertyOrder({"access_token", "refresh_token", "token_type", "expires_in", "user"})
public record Tokens(String accessToken, String refreshToken, String tokenType, long expiresIn, User user) {

    /// Without the tokens: a log line is no place for them.
    @Override
    public String toString() {
        return "Tokens[user=" + user.id() + "]";
    }
}
