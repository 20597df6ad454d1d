/// Access tokens: the keys that sign them, their making, their publication as JWKS and their check in this service.
/// Start reading at [dev.parley.auth.token.AccessTokens]. It knows neither accounts nor how a session is kept.
@NullMarked
package dev.parley.auth.token;

import org.jspecify.annotations.NullMarked;
