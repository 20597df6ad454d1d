package dev.parley.auth.session;

import dev.parley.kit.http.AllowedOrigins;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a refresh token travels: in the body or, for browsers, in a cookie that no script can read. A cookie is sent
/// by the browser whoever asks for it, so with one the page's `Origin` must be listed (RFC 9700 §4.7), and the media
/// type `application/json` makes another site's page ask for permission first.
@ApplicationScoped
public class TokenTransport {

    /// What the documents say of the cookie.
    public static final String HEADER_DESCRIPTION =
            "The refresh token, with `token_transport` `cookie`: HttpOnly, Secure, SameSite=Strict, Path=/auth/";

    static final String COOKIE = "parley_refresh";
    private static final String IN_BODY = "body";
    private static final String IN_COOKIE = "cookie";

    private final AllowedOrigins origins;
    private final SessionConfig config;

    TokenTransport(AllowedOrigins origins, SessionConfig config) {
        this.origins = origins;
        this.config = config;
    }

    /// Why `text` is no `token_transport`; empty if it is one.
    public static Optional<String> violation(String text) {
        return switch (text) {
            case IN_BODY, IN_COOKIE -> Optional.empty();
            case String other -> Optional.of("must be body or cookie");
        };
    }

    /// Adds the tokens to an answer.
    /// @param transport as the client asked; null is in the body
    public ResponseBuilder add(ResponseBuilder answer, Tokens tokens, @Nullable String transport) {
        return IN_COOKIE.equals(transport) ? addAsCookie(answer, tokens) : answer.entity(tokens);
    }

    ResponseBuilder addAsCookie(ResponseBuilder answer, Tokens tokens) {
        var seconds = Math.toIntExact(config.idleTimeout().toSeconds());
        return answer.entity(tokens.withoutRefreshToken())
                .cookie(cookie(String.valueOf(tokens.refreshToken()), seconds));
    }

    /// A cookie that makes the browser forget the one it has.
    NewCookie forgotten() {
        return cookie("", 0);
    }

    /// The refresh token in the request's cookie.
    /// @throws ProblemException if there is one: `unsupported_media_type` when the request is not said to be JSON,
    ///     `forbidden` when the page that sent it is not listed
    Optional<RefreshToken> fromCookie(HttpHeaders headers) {
        var cookie = headers.getCookies().get(COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        // A form of another site cannot send this type without a preflight; an absent one it could.
        if (!MediaType.APPLICATION_JSON.equals(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        if (!origins.contains(headers.getHeaderString("Origin"))) {
            throw ProblemException.of(ProblemCode.FORBIDDEN);
        }
        return Optional.of(new RefreshToken(cookie.getValue()));
    }

    private static NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/auth/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
