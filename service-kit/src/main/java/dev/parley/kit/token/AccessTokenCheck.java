package dev.parley.kit.token;

import dev.parley.kit.account.EndedSessions;
import dev.parley.model.token.AccessTokenNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Refuses a token that SmallRye JWT has verified but that is no access token of ours:
/// another `typ` (RFC 9068 §4, RFC 8725 §3.11), a `crit` header (RFC 7515 §4.1.11), a token inside
/// another (`cty`, RFC 7519 §5.2), no `kid`, for which the library takes the only key there is, no user or session,
/// another spelling of a token, one from the future, or a session that has ended.
@ApplicationScoped
final class AccessTokenCheck implements SecurityIdentityAugmentor {

    /// What a token of ours always has (RFC 9068 §2.2) and SmallRye JWT does not ask for.
    private static final List<String> REQUIRED_TEXTS = List.of("jti", AccessTokenNames.USERNAME);

    /// How far the auth service's clock may be ahead of ours.
    private static final long MAX_CLOCK_SKEW_SECONDS = 60;

    private final EndedSessions endedSessions;

    AccessTokenCheck(EndedSessions endedSessions) {
        this.endedSessions = endedSessions;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(() -> {
            if (identity.getPrincipal() instanceof JsonWebToken token) {
                check(token);
            }
            return identity;
        });
    }

    private void check(JsonWebToken token) {
        if (!isAccessToken(token)) {
            throw new AuthenticationFailedException("not an access token");
        }
        endedSessions.requireLive(Caller.of(token).sessionId());
    }

    static boolean isAccessToken(JsonWebToken token) {
        try {
            var parts = token.getRawToken().split("\\.", -1);
            var header = new JsonObject(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
            Caller.of(token);
            return Stream.of(parts).allMatch(AccessTokenCheck::isCanonical)
                    && token.getIssuedAtTime() <= System.currentTimeMillis() / 1_000 + MAX_CLOCK_SKEW_SECONDS
                    && AccessTokenNames.TYPE.equals(header.getString("typ"))
                    && header.containsKey("kid")
                    && !header.containsKey("crit")
                    && !header.containsKey("cty")
                    && REQUIRED_TEXTS.stream().allMatch(name -> token.getClaim(name) instanceof String);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /// Whether it is Base64url as RFC 7515 §2 wants it: without padding, foreign characters or set unused bits,
    /// which the library's decoder skips. One token has one spelling.
    private static boolean isCanonical(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getUrlDecoder().decode(part))
                .equals(part);
    }
}
