package dev.parley.auth.token;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies access tokens as every other service does, but with this service's own keys from memory:
/// it cannot fetch its JWKS from itself before it listens. Only `kid` chooses the key; `jku`, `x5u` and `jwk`
/// are not looked at (RFC 8725 §3.10).
@Alternative
@Priority(1)
@ApplicationScoped
class OwnKeysVerification extends JWTCallerPrincipalFactory {

    private final DefaultJWTTokenParser parser;

    OwnKeysVerification(SigningKeys keys) {
        this.parser = new DefaultJWTTokenParser() {
            @Override
            protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo info) {
                return (token, nesting) -> keys.find(String.valueOf(token.getKeyIdHeaderValue()))
                        .orElseThrow(() -> new UnresolvableKeyException("unknown key id"))
                        .publicKey();
            }
        };
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo info) throws ParseException {
        var context = parser.parse(token, info);
        var type = context.getJoseObjects().getFirst().getHeader("typ");
        return new DefaultJWTCallerPrincipal(token, type, context.getJwtClaims());
    }
}
